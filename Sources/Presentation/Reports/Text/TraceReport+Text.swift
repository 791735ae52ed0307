import PacketTrace

/// How a report for people is laid out.
package struct TextLayout: Hashable, Sendable {
  /// Cells in a line; table entries may be longer.
  package var columns: Int
  package var inColor: Bool

  package init(columns: Int = 100, inColor: Bool = false) {
    self.columns = columns
    self.inColor = inColor
  }
}

extension TraceReport {
  /// The trace for people: hop by hop, each step with its question, its table and its answer.
  package func text(_ words: any Phrasebook, _ layout: TextLayout = TextLayout()) -> String {
    let questions = nameQuestions.map { $0.text(words, layout) + "\n" }.joined()
    var writer = TextWriter(words: words, layout: layout)
    writer.add(words.headline(flow), .title)
    writer.add(words.setting(setting), .dim)
    for (index, path) in walk.paths.enumerated() {
      writer.write(path, number: index + 1, of: walk.paths.count)
      writer.write(fixes(ofPath: index))
    }
    return questions + writer.text
  }
}

/// Collects the lines of a report.
struct TextWriter {
  let words: any Phrasebook
  let layout: TextLayout
  private(set) var lines: [ReportLine] = []

  init(words: any Phrasebook, layout: TextLayout) {
    self.words = words
    self.layout = layout
  }

  /// All lines, each with its line feed.
  var text: String {
    lines.map { $0.rendered(inColor: layout.inColor) + "\n" }.joined()
  }

  mutating func add(_ text: String, _ role: Style.Role = .plain, indent: Int = 0) {
    lines += ReportLine.wrapped(text, role, indent: indent, columns: layout.columns)
  }

  mutating func add(_ line: ReportLine) {
    lines.append(line)
  }

  mutating func addBlank() {
    lines.append(ReportLine())
  }

  mutating func write(_ path: Path, number: Int, of count: Int) {
    addBlank()
    if count > 1 { add(words.path(number: number, of: count, path), .title) }
    add(words.outcome(path.outcome), path.outcome.disposition.role)
    addBlank()
    write(path.hops, path.outcome)
    guard let reply = path.reply else { return }
    addBlank()
    add(words.replyTitle(), .title)
    write(reply.hops, reply.outcome)
  }

  /// Each fix behind its number, a command a line.
  mutating func write(_ fixes: [Fix]) {
    guard !fixes.isEmpty else { return }
    addBlank()
    add(words.fixesTitle(fixes.count), .title)
    for (index, fix) in fixes.enumerated() {
      for (line, command) in fix.edits.flatMap(\.commands).enumerated() {
        let number = line == 0 ? "\(index + 1)" : " "
        add(ReportLine("  \(number)  ", .dim) + ReportLine(words.fix(command)))
      }
    }
  }

  private mutating func write(_ hops: [Hop], _ outcome: Outcome) {
    for (index, hop) in hops.enumerated() {
      let title = ReportLine(words.hop(number: index + 1, of: hops.count, hop), .title)
      add(title + ReportLine("   ") + ReportLine(words.passage(hop), hop.isEncapsulated ? .tunnel : .dim))
      for (number, step) in hop.steps.enumerated() { write(step, number: number + 1) }
      addBlank()
    }
    add(words.outcome(outcome), outcome.disposition.role)
  }

  /// A step: its number and title, the question, the table's entries, the answer, and what follows from it.
  mutating func write(_ step: Step, number: Int) {
    let report = StepReport(step, words)
    let head = String(repeating: " ", count: max(0, 4 - String(number).count)) + String(number) + "  "
    add(
      ReportLine(head, .dim) + ReportLine(report.title.padded(columns: 26), .title)
        + ReportLine(report.place, .dim))
    add(report.question, indent: stepIndent)
    write(report.rows, of: report.table)
    add(report.answer, step.evidence.role, indent: stepIndent)
    writeAside(.changed, report.changes.joined(separator: "; "), .changed)
    writeAside(.remark, report.remark ?? "", .plain)
    writeAside(.grounds, report.grounds, .dim)
  }

  private mutating func write(_ rows: [StepReport.Row], of table: String?) {
    guard let table else { return }
    writeAside(.table, table, .dim)
    let width = rows.map(\.entry.cellWidth).max() ?? 0
    for row in rows {
      let role: Style.Role = row.standing == .won ? .winner : .loser
      let label = words.label(row.standing.label).padded(columns: labelColumns)
      add(
        ReportLine(margin + label, role)
          + ReportLine(row.entry.padded(columns: min(width, widestEntry)) + "  ", role)
          + ReportLine(row.why, .dim))
    }
  }

  /// A label, and beside it a text that keeps clear of the label's column.
  private mutating func writeAside(_ label: Label, _ text: String, _ role: Style.Role) {
    let indent = stepIndent + labelColumns
    var wrapped = ReportLine.wrapped(text, role, indent: indent, columns: layout.columns)
    guard !wrapped.isEmpty else { return }
    let name = margin + words.label(label).padded(columns: labelColumns)
    wrapped[0].spans[0] = ReportLine.Span(text: name, role: .dim)
    lines += wrapped
  }

  private var margin: String { String(repeating: " ", count: stepIndent) }
}

private let stepIndent = 6
/// The widest label of a language with two blanks behind it.
private let labelColumns = 9
/// Longer entries push their reason to the right instead of all others' reasons.
private let widestEntry = 84

extension Disposition {
  /// What the ending means to a reader.
  package var role: Style.Role {
    switch self {
    case .delivered: .success
    case .undecided: .changed
    case .exitsNetwork, .noRoute, .nullRouted, .neighborUnreachable, .denied, .dropped, .loop: .failure
    }
  }
}

extension Evidence {
  fileprivate var role: Style.Role {
    if case .ending = self { .failure } else { .plain }
  }
}
