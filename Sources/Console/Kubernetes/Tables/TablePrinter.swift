import ControlPlane
import NetModel

/// Prints objects as kubectl's tables.
///
/// Source: k8s.io/cli-runtime `pkg/printers/tableprinter.go`; kubectl `pkg/cmd/get/get.go`.
struct TablePrinter: Sendable {
  struct Options: Sendable {
    var context: TableContext
    var withHeaders = true
    var withNamespace = false
    var withKind = false
    var labelColumns: [String] = []
    var showsLabels = false
  }

  private var options: Options
  private var writer = TabWriter.kubectl
  private var lastResource: APIResource?
  private var rows: [[String]] = []

  init(_ options: Options) {
    self.options = options
  }

  /// The rows of a table under its headers; a blank line stands before the table of another resource.
  mutating func print(_ documents: [JSONValue], of resource: APIResource) -> String {
    guard !documents.isEmpty else { return "" }
    var text = ""
    if resource != lastResource {
      text = flush()
      if lastResource != nil { text += "\n" }
      writer = .kubectl
      lastResource = resource
      if options.withHeaders { rows.append(headers(of: resource)) }
    }
    rows += documents.map { row(of: $0, resource) }
    return text
  }

  /// Goes on at a later moment.
  mutating func update(context: TableContext) {
    options.context = context
  }

  /// What was printed and is not yet written.
  mutating func flush() -> String {
    defer { rows = [] }
    return writer.format(rows: rows)
  }

  private func columns(of resource: APIResource) -> [TableColumn] {
    ResourceColumns.of(resource).filter { options.context.isWide || !$0.isWide }
  }

  private func headers(of resource: APIResource) -> [String] {
    (options.withNamespace && resource.isNamespaced ? ["NAMESPACE"] : []) + columns(of: resource).map(\.name)
      + options.labelColumns.map { ($0.split(separator: "/").last ?? "").uppercased() }
      + (options.showsLabels ? ["LABELS"] : [])
  }

  private func row(of document: JSONValue, _ resource: APIResource) -> [String] {
    var cells = columns(of: resource).map { $0.cell(document, options.context) }
    if options.withKind, let name = cells.first { cells[0] = "\(resource.kindName)/\(name)" }
    if options.withNamespace, resource.isNamespaced { cells.insert(document.objectNamespace, at: 0) }
    let labels = document.value(at: "metadata", "labels")
    cells += options.labelColumns.map { labels?[$0]?.text ?? "" }
    if options.showsLabels { cells.append(LabelText.labels(labels)) }
    return cells.map(Self.line)
  }

  /// A cell is one line without control sequences; what is cut off is marked.
  private static func line(_ text: String) -> String {
    let cell = text.withoutEscapes
    guard let end = cell.firstIndex(where: { "\t\n\r\u{c}\u{b}".contains($0) }) else { return cell }
    return cell[..<end] + "..."
  }
}

extension String {
  /// The text without what a terminal would obey.
  ///
  /// Source: k8s.io/cli-runtime `pkg/printers/terminal.go`: escape characters become `^[`; here other control
  /// characters but tabs and line feeds, too.
  var withoutEscapes: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isControl {
        text += scalar == "\u{1b}" ? "^[" : "^?"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool {
    properties.generalCategory == .control && !"\t\n\r\u{b}\u{c}".unicodeScalars.contains(self)
  }
}
