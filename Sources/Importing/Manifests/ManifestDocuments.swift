import NetModel
import YAML

/// The documents of a manifest, as `kubectl apply -f` reads them: JSON or YAML, any number of documents.
package struct ManifestDocuments: Sendable {
  /// In the order of the text; empty documents are passed over. Members are in alphabetical order.
  package let values: [JSONValue]

  /// - Throws: `ManifestError` where the text is neither YAML nor JSON.
  package init(_ text: String) throws(ManifestError) {
    do {
      values = try YAML.documents(text).map(JSONValue.init(node:)).filter { $0 != .null }
    } catch {
      throw ManifestError(error)
    }
  }
}

/// Why a manifest cannot be read.
package struct ManifestError: Error, Hashable, Sendable {
  /// From 1; `nil` where the text as a whole is at fault.
  package var line: Int?
  /// What is wrong there, in libyaml's words.
  package var problem: String

  fileprivate init(_ error: YAMLError) {
    line = error.mark?.line
    problem =
      switch error.problem {
      case .syntax(let words): words
      case .duplicateKey(let key): "key \"\(key)\" already set in map"
      case .unknownAnchor(let name): "unknown anchor '\(name)' referenced"
      case .tooDeep: "exceeded max depth"
      case .tooManyNodes: "document contains excessive aliasing"
      case .severalDocuments: "several documents"
      }
  }
}

extension JSONValue {
  /// A YAML node as JSON.
  init(node: Node) {
    switch node {
    case .scalar(let scalar):
      self = scalar.isPlain ? PlainScalar.value(of: scalar.string) : .string(scalar.string)
    case .sequence(let sequence): self = .array(sequence.nodes.map(JSONValue.init(node:)))
    case .mapping(let mapping):
      let members = mapping.pairs.map { Member($0.key.string ?? "", JSONValue(node: $0.value)) }
      self = .object(members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    }
  }
}
