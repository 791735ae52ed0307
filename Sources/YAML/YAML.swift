import Yams

/// Reads YAML 1.1 with Yams into nodes that know where they stand.
package enum YAML {
  /// How deep nodes may lie within nodes.
  static let deepest = 200
  /// How many nodes a text may make; aliases could make any number from a few lines.
  static let mostNodes = 1_000_000

  /// The document of a text; `nil` where there is none.
  ///
  /// - Throws: `YAMLError` where the text is no YAML, or has several documents.
  package static func document(_ text: String) throws(YAMLError) -> Node? {
    let documents = try documents(text)
    if documents.count > 1 { throw YAMLError(mark: documents[1].mark, problem: .severalDocuments) }
    return documents.first
  }

  /// The documents of a text, in order.
  ///
  /// - Throws: `YAMLError` where the text is no YAML.
  package static func documents(_ text: String) throws(YAMLError) -> [Node] {
    var converter = Converter()
    var documents: [Node] = []
    do {
      let parser = try Parser(yaml: text)
      while let root = try parser.nextRoot() { documents.append(try converter.node(root, depth: 0)) }
    } catch let error as YAMLError {
      throw error
    } catch {
      throw YAMLError(error)
    }
    return documents
  }
}

/// Turns Yams' nodes into ours.
private struct Converter {
  private var nodeCount = 0

  mutating func node(_ node: Yams.Node, depth: Int) throws(YAMLError) -> Node {
    let mark = Node.Mark(node.mark)
    nodeCount += 1
    if nodeCount > YAML.mostNodes { throw YAMLError(mark: mark, problem: .tooManyNodes) }
    if depth > YAML.deepest { throw YAMLError(mark: mark, problem: .tooDeep) }
    switch node {
    case .scalar(let scalar):
      return .scalar(Node.Scalar(string: scalar.string, isPlain: scalar.style == .plain, mark: mark))
    case .sequence(let sequence):
      var nodes: [Node] = []
      for element in sequence { nodes.append(try self.node(element, depth: depth + 1)) }
      return .sequence(Node.Sequence(nodes: nodes, mark: mark))
    case .mapping(let mapping):
      var pairs: [(key: Node, value: Node)] = []
      for (key, value) in mapping {
        pairs.append((try self.node(key, depth: depth + 1), try self.node(value, depth: depth + 1)))
      }
      return .mapping(Node.Mapping(pairs: pairs, mark: mark))
    case .alias(let alias):
      throw YAMLError(mark: mark, problem: .unknownAnchor(alias.anchor.rawValue))
    }
  }
}

extension Node.Mark {
  fileprivate init(_ mark: Yams.Mark?) {
    self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
  }
}

extension YAMLError {
  fileprivate init(_ error: any Error) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words = [context?.text, problem].compactMap(\.self).joined(separator: " ")
      self.init(mark: Node.Mark(mark), problem: .syntax(words))
    case .reader(let problem, _, _, _): self.init(mark: nil, problem: .syntax(problem))
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(mark: Node.Mark(context.mark), problem: .duplicateKey(duplicates.first ?? ""))
    default: self.init(mark: nil, problem: .syntax("\(error)"))
    }
  }
}
