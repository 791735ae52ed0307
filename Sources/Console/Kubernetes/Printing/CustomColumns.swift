import NetModel

/// A table whose columns the user chose.
///
/// Source: kubectl `pkg/cmd/get/customcolumn.go`.
struct CustomColumns: Sendable {
  private var headers: [String] = []
  private var paths: [JSONPath] = []

  /// `NAME:.metadata.name,IP:.status.podIP`
  init(_ text: String?) throws(KubectlError) {
    guard let text, !text.isEmpty else {
      throw .client("custom-columns format specified but no custom columns given")
    }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard pieces.count == 2 else {
        throw .client("unexpected custom-columns spec: \(part), expected <header>:<json-path-expr>")
      }
      try add(String(pieces[0]), String(pieces[1]))
    }
  }

  /// A line of headers above a line of paths.
  init(file: String) throws(KubectlError) {
    let lines = file.split(separator: "\n").map { $0.split { $0.isWhitespace } }
    guard lines.count == 2, lines[0].count == lines[1].count else {
      throw .client("custom-columns template file must have one line of headers and one line of paths")
    }
    for (header, path) in zip(lines[0], lines[1]) { try add(String(header), String(path)) }
  }

  private mutating func add(_ header: String, _ path: String) throws(KubectlError) {
    headers.append(header)
    do {
      paths.append(try JSONPath(relaxed: path))
    } catch {
      throw .client(error.message)
    }
  }

  func text(of documents: [JSONValue], withHeaders: Bool) throws(KubectlError) -> String {
    var rows = withHeaders ? [headers] : []
    for document in documents { rows.append(try row(of: document)) }
    var writer = TabWriter.kubectl
    return writer.format(rows: rows)
  }

  private func row(of document: JSONValue) throws(KubectlError) -> [String] {
    var cells: [String] = []
    for path in paths {
      do {
        let values = try path.results(in: document).flatMap { $0 }
        cells.append(values.isEmpty ? "<none>" : values.map(\.goText).joined(separator: ","))
      } catch {
        throw .client(error.message)
      }
    }
    return cells
  }
}

extension TabWriter {
  /// Source: k8s.io/cli-runtime `pkg/printers/tabwriter.go`.
  static var kubectl: TabWriter { TabWriter(minimumWidth: 6, padding: 3, remembersWidths: true) }
}
