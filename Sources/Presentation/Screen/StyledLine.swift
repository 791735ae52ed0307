/// One line of text in several styles.
package struct StyledLine: Hashable, Sendable, ExpressibleByStringInterpolation {
  package var spans: [Span]

  package struct Span: Hashable, Sendable {
    package var text: String
    package var role: Style.Role

    package init(_ text: String, _ role: Style.Role = .plain) {
      self.text = text
      self.role = role
    }
  }

  package init(_ spans: [Span] = []) {
    self.spans = spans
  }

  package init(_ text: String, _ role: Style.Role = .plain) {
    spans = [Span(text, role)]
  }

  package init(stringLiteral text: String) {
    self.init(text)
  }

  /// The line with more text behind it.
  package func adding(_ text: String, _ role: Style.Role = .plain) -> StyledLine {
    StyledLine(spans + [Span(text, role)])
  }

  /// The cells that the line takes.
  package var cellWidth: Int { spans.reduce(0) { $0 + $1.text.cellWidth } }

  /// The line with `text` at the right end of `columns` cells, where there is room for it.
  package func trailing(
    _ text: String, _ role: Style.Role, columns: Int, gap: Style.Role = .plain
  ) -> StyledLine {
    let free = columns - cellWidth - text.cellWidth
    guard free >= 1 else { return self }
    return adding(String(repeating: " ", count: free), gap).adding(text, role)
  }
}
