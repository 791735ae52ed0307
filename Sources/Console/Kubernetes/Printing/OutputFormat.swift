import NetModel

/// How `-o` wants documents printed.
///
/// Source: k8s.io/cli-runtime `pkg/genericclioptions/print_flags.go`; kubectl `pkg/cmd/get/get_flags.go`.
enum OutputFormat: Sendable {
  case table(isWide: Bool)
  case yaml
  case json
  case name
  case jsonPath(JSONPath, asJSON: Bool)
  case customColumns(CustomColumns)
  case template(GoTemplate, String)

  /// - Parameter tables: The command knows tables: else `wide` and custom columns are unknown.
  init(_ text: String?, template: String?, tables: Bool, input: CommandInput) throws(KubectlError) {
    let text = text ?? ""
    let name = String(text.prefix { $0 != "=" })
    let inline = name.count < text.count ? String(text.dropFirst(name.count + 1)) : template
    switch name {
    case "" where text.isEmpty: self = .table(isWide: false)
    case "wide" where tables && inline == nil: self = .table(isWide: true)
    case "yaml": self = .yaml
    case "json": self = .json
    case "name": self = .name
    case "jsonpath", "jsonpath-as-json":
      self = .jsonPath(try Self.path(inline), asJSON: name == "jsonpath-as-json")
    case "jsonpath-file":
      let file = try Self.read(inline, input)
      self = .jsonPath(try Self.path(file), asJSON: false)
    case "custom-columns" where tables: self = .customColumns(try CustomColumns(inline))
    case "custom-columns-file" where tables:
      self = .customColumns(try CustomColumns(file: try Self.read(inline, input)))
    case "go-template", "template": self = try Self.goTemplate(inline)
    case "go-template-file", "templatefile": self = try Self.goTemplate(try Self.read(inline, input))
    default:
      let known = Self.allowed.filter { tables || !($0.hasPrefix("custom") || $0 == "wide") }
      throw .client(
        "unable to match a printer suitable for the output format \"\(name)\", allowed formats are: "
          + known.joined(separator: ","))
    }
  }

  private static let allowed = [
    "custom-columns", "custom-columns-file", "go-template", "go-template-file", "json", "jsonpath",
    "jsonpath-as-json", "jsonpath-file", "name", "template", "templatefile", "wide", "yaml",
  ]

  private static func path(_ template: String?) throws(KubectlError) -> JSONPath {
    guard let template, !template.isEmpty else {
      throw .client("template format specified but no template given")
    }
    do {
      return try JSONPath(template)
    } catch {
      throw .client("error parsing jsonpath \(template), \(error.message)")
    }
  }

  private static func goTemplate(_ text: String?) throws(KubectlError) -> OutputFormat {
    guard let text, !text.isEmpty else { throw .client("template format specified but no template given") }
    do throws(GoTemplateError) {
      return .template(try GoTemplate(text), text)
    } catch {
      throw error.failure(of: text)
    }
  }

  private static func read(_ path: String?, _ input: CommandInput) throws(KubectlError) -> String {
    guard let path, !path.isEmpty else { throw .client("template format specified but no template given") }
    do {
      return try input.readFile(path)
    } catch {
      throw .client("error reading --template \(path), open \(path): \(error.reason.lowercased())")
    }
  }
}

/// Prints documents in any format but tables.
enum DocumentPrinter {
  /// - Parameter kindName: as `-o name` writes it, such as `deployment.apps`.
  static func text(
    of document: JSONValue, kindName: String, as format: OutputFormat
  ) throws(KubectlError) -> String {
    switch format {
    case .yaml: return YAMLPrinter.document(document)
    case .json: return JSONPrinter.indented(document) + "\n"
    case .name: return "\(kindName)/\(document.objectName)\n"
    case .jsonPath(let path, let asJSON):
      do {
        return try asJSON ? path.json(on: document) : path.text(on: document)
      } catch {
        throw .client(failure(of: path, error, on: document))
      }
    case .customColumns(let columns): return try columns.text(of: [document], withHeaders: true)
    case .template(let template, let text):
      do throws(GoTemplateError) {
        return try template.text(on: document)
      } catch {
        throw error.failure(of: text)
      }
    case .table: return ""
    }
  }

  /// Source: k8s.io/cli-runtime `pkg/printers/jsonpath.go`.
  private static func failure(of path: JSONPath, _ error: JSONPathError, on document: JSONValue) -> String {
    "error executing jsonpath \(JSONValue.quoted(path.template)): Error executing template: \(error.message). "
      + "Printing more information for debugging the template:\n\ttemplate was:\n\t\t\(path.template)\n"
      + "\tobject given to jsonpath engine was:\n\t\t\(document.goSyntax)\n\n"
  }

  /// Several documents as one, as kubectl makes a list of them.
  static func list(_ documents: [JSONValue]) -> JSONValue {
    .object([
      .init("apiVersion", "v1"), .init("items", .array(documents)), .init("kind", "List"),
      .init("metadata", .object([.init("resourceVersion", "")])),
    ])
  }
}

extension GoTemplateError {
  /// Source: k8s.io/cli-runtime `pkg/printers/template.go`; kubectl names a template `output`.
  fileprivate func failure(of text: String) -> KubectlError {
    switch self {
    case .parsing(let message):
      .client("error parsing template \(text), template: output:1: \(message)")
    case .executing(let message):
      .client("error executing template \(JSONValue.quoted(text)): template: output:1: \(message)")
    case .notModelled(let what): .notModelled("-o go-template \(what)")
    }
  }
}
