/// One line of a report for people: pieces of text with their meanings.
struct ReportLine: Hashable, Sendable {
  var spans: [Span]

  struct Span: Hashable, Sendable {
    var text: String
    var role: Style.Role
  }

  init(_ text: String = "", _ role: Style.Role = .plain) {
    spans = [Span(text: text, role: role)]
  }

  init(_ spans: [Span]) {
    self.spans = spans
  }

  static func + (left: ReportLine, right: ReportLine) -> ReportLine {
    ReportLine(left.spans + right.spans)
  }

  /// The line with ANSI colours or without; blanks at the end are left out.
  func rendered(inColor: Bool) -> String {
    let text = spans.map { inColor ? $0.colored : $0.text }.joined()
    let end = text.lastIndex { $0 != " " }
    return end.map { String(text[...$0]) } ?? ""
  }

  /// A sentence in as many lines as it takes, each `indent` blanks from the left.
  static func wrapped(
    _ text: String, _ role: Style.Role = .plain, indent: Int, columns: Int
  ) -> [ReportLine] {
    let margin = String(repeating: " ", count: indent)
    return text.wrapped(columns: max(20, columns - indent)).map { ReportLine(margin) + ReportLine($0, role) }
  }
}

extension ReportLine.Span {
  fileprivate var colored: String {
    guard let code = role.ansi, !text.isEmpty else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }
}

extension Style.Role {
  /// The parameters of ANSI's "select graphic rendition"; `nil` for the terminal's usual look.
  ///
  /// Source: ECMA-48, section 8.3.117.
  fileprivate var ansi: String? {
    switch self {
    case .plain: nil
    case .border, .dim, .loser: "2"
    case .title, .current, .key: "1"
    case .changed: "33"
    case .winner, .success: "32"
    case .failure: "1;31"
    case .tunnel: "36"
    case .statusBar: "7"
    }
  }
}
