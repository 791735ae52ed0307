import ControlPlane
import Importing
import NetModel

/// One object of the files that `-f` names.
struct Manifest: Sendable {
  /// The file, or `STDIN`.
  let source: String
  let resource: APIResource
  /// With its namespace filled in.
  let document: JSONValue
  /// Empty for resources without namespaces.
  let namespace: String

  var name: String { document.objectName }

  /// `deployment.apps/webpod`
  var displayName: String { "\(resource.kindName)/\(name)" }
}

/// Reads the files that `-f` names.
///
/// Source: k8s.io/cli-runtime `pkg/resource/visitor.go`, `mapper.go`.
struct ManifestReading {
  private let call: KubectlCall
  private let names: ResourceNames
  private(set) var manifests: [Manifest] = []
  private(set) var errors: [KubectlError] = []

  /// Reads all files; what is wrong with single objects stands in `errors`.
  init(_ call: KubectlCall, _ lab: RunningLab) throws(KubectlError) {
    guard let network = lab.network else { throw .notModelled("a recorded cluster") }
    self.call = call
    names = ResourceNames(network)
    let files = call.flags.texts("filename")
    guard !files.isEmpty else { throw .client("must specify one of -f and -k") }
    for file in files { try read(file) }
    if manifests.isEmpty, errors.isEmpty { throw .client("no objects passed to \(call.command)") }
  }

  private mutating func read(_ file: String) throws(KubectlError) {
    let source = file == "-" ? "STDIN" : file
    let text: String
    if file == "-" {
      text = call.standardInput
    } else if file.hasPrefix("http://") || file.hasPrefix("https://") {
      throw .notModelled("-f \(file)")
    } else {
      do {
        text = try call.invocation.input.readFile(file)
      } catch {
        throw .client(
          error.reason == "No such file or directory"
            ? "the path \"\(file)\" does not exist"
            : "the path \"\(file)\" cannot be accessed: open \(file): \(error.reason.lowercased())")
      }
    }
    do {
      for document in try ManifestDocuments(text).values { add(document, from: source) }
    } catch {
      let line = error.line.map { "line \($0): " } ?? ""
      errors.append(
        .client("error parsing \(source): error converting YAML to JSON: yaml: \(line)\(error.problem)"))
    }
  }

  private mutating func add(_ document: JSONValue, from source: String) {
    if document["kind"]?.text == "List", let items = document["items"] {
      items.elements.forEach { add($0, from: source) }
      return
    }
    do {
      manifests.append(try manifest(document, from: source))
    } catch {
      errors.append(error)
    }
  }

  private func manifest(_ document: JSONValue, from source: String) throws(KubectlError) -> Manifest {
    guard let kind = document["kind"]?.text, !kind.isEmpty else {
      throw .client(
        "unable to decode \"\(source)\": Object 'Kind' is missing in '\(JSONPrinter.compact(document))'")
    }
    let version = document["apiVersion"]?.text ?? ""
    guard let resource = names.resource(apiVersion: version, kind: kind) else {
      throw unknownKind(kind, version, document, source)
    }
    guard resource.isNamespaced else {
      return Manifest(source: source, resource: resource, document: document, namespace: "")
    }
    let own = document.objectNamespace
    if let asked = call.flags.text("namespace"), !own.isEmpty, own != asked {
      throw .client(
        "the namespace from the provided object \"\(own)\" does not match the namespace \"\(asked)\". "
          + "You must pass '--namespace=\(own)' to perform this operation.")
    }
    let namespace = own.isEmpty ? call.namespace : own
    let complete = document.setting(["metadata", "namespace"], to: .string(namespace)).sorted
    return Manifest(source: source, resource: resource, document: complete, namespace: namespace)
  }

  private func unknownKind(
    _ kind: String, _ version: String, _ document: JSONValue, _ source: String
  ) -> KubectlError {
    do {
      _ = try names.resources(named: kind.lowercased())
    } catch .notModelled {
      return .notModelled("kind \(kind)")
    } catch {}
    return .client(
      "resource mapping not found for name: \"\(document.objectName)\" namespace: "
        + "\"\(document.objectNamespace)\" from \"\(source)\": no matches for kind \"\(kind)\" in version "
        + "\"\(version)\"\nensure CRDs are installed first")
  }
}

/// What `--dry-run` asks for.
enum DryRun: String, Sendable {
  case none, client, server

  init(_ flags: ParsedFlags) throws(KubectlError) {
    guard let text = flags.text("dry-run") else {
      self = .none
      return
    }
    guard let value = DryRun(rawValue: text) else {
      throw .client("Invalid dry-run value (\(text)). Must be \"none\", \"server\", or \"client\".")
    }
    self = value
  }

  /// Behind what a command says that it did.
  var suffix: String {
    switch self {
    case .none: ""
    case .client: " (dry run)"
    case .server: " (server dry run)"
    }
  }

  static let flag = Flag("dry-run", nil, .optionalText("unchanged"))
}
