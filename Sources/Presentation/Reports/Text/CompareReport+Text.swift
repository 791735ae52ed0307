import PacketTrace

extension CompareReport {
  /// Both traces beside each other, hop beside hop and step beside step, then the first difference in full.
  package func text(_ words: any Phrasebook, _ layout: TextLayout = TextLayout()) -> String {
    var writer = TextWriter(words: words, layout: layout)
    writer.add(words.headline(left.flow), .title)
    writer.add(words.setting(left.setting), .dim)
    writer.add(words.sides(left: left.setting.mode.rawValue, right: right.setting.mode.rawValue))
    for row in rows { writer.write(row, comparison.firstDifference) }
    writer.addBlank()
    guard let difference = comparison.firstDifference else {
      writer.add(words.noDifference(), .title)
      return writer.text
    }
    writer.add(words.firstDifference(difference), .changed)
    for (report, label) in [(left, Label.native), (right, .tunnel)] {
      guard let step = report.step(at: difference) else { continue }
      writer.addBlank()
      writer.add(words.label(label), .title)
      writer.write(step, number: difference.step + 1)
    }
    return writer.text
  }
}

extension TextWriter {
  fileprivate mutating func write(_ row: ComparisonRow, _ difference: WalkComparison.Difference?) {
    let column = max(24, (layout.columns - 9) / 2)
    let (left, right) = (row.left.map { text($0) }, row.right.map { text($0) })
    if case .hop = row.content { addBlank() }
    let isFirst = row.isFirstDifference(difference)
    let mark = isFirst ? "=>" : row.isSame ? "  " : "* "
    let sign = row.isSame ? " = " : left == nil ? " > " : right == nil ? " < " : " | "
    let role: Style.Role = isFirst ? .changed : row.isSame ? .dim : row.role
    add(
      ReportLine("\(mark) ", isFirst ? .changed : .dim)
        + ReportLine((left ?? "").shortened(columns: column).padded(columns: column), role)
        + ReportLine(sign, .border) + ReportLine((right ?? "").shortened(columns: column), role))
  }

  private func text(_ cell: ComparisonRow.Cell) -> String {
    switch cell {
    case .hop(let hop): "\(visible(hop.node.name)): \(words.passage(hop))"
    case .step(let step, let number):
      "  \(String(repeating: " ", count: number < 10 ? 1 : 0))\(number)  \(words.title(step.kind))"
    case .outcome(let outcome): words.outcome(outcome)
    }
  }
}

extension CompareReport {
  /// The comparison as numbered sentences: what both do, then where they part, then each side's end.
  package func plain(_ words: any Phrasebook) -> String {
    var sentences = [closed(words.headline(left.flow)), closed(words.setting(left.setting))]
    sentences.append(
      closed(words.sides(left: left.setting.mode.rawValue, right: right.setting.mode.rawValue)))
    if let difference = comparison.firstDifference {
      sentences.append(words.firstDifference(difference))
      for (report, label) in [(left, Label.native), (right, .tunnel)] {
        guard let step = report.step(at: difference), let hop = report.hop(at: difference) else { continue }
        sentences.append(closed(words.label(label)))
        sentences += step.plain(words, number: difference.step + 1, of: hop.steps.count)
      }
    } else {
      sentences.append(words.noDifference())
    }
    for (report, label) in [(left, Label.native), (right, .tunnel)] {
      sentences += report.walk.paths.map { closed("\(words.label(label)): \(words.outcome($0.outcome))") }
    }
    return numbered(sentences)
  }

  /// The comparison as a Markdown page: a table of both walks, then the first difference in full.
  package func markdown(_ words: any Phrasebook) -> String {
    var blocks = ["# \(markdownEscaped(words.headline(left.flow)))"]
    blocks.append(markdownEscaped(words.setting(left.setting)))
    let head = "| | \(left.setting.mode.rawValue) | \(right.setting.mode.rawValue) |"
    let lines = rows.map { row in
      let cells = [row.left, row.right].map { $0.map { markdownEscaped(text($0, words)) } ?? "" }
      let mark = row.isFirstDifference(comparison.firstDifference) ? "**=>**" : row.isSame ? "=" : "\\*"
      return "| \(mark) | \(cells[0]) | \(cells[1]) |"
    }
    blocks.append(([head, "|---|---|---|"] + lines).joined(separator: "\n"))
    guard let difference = comparison.firstDifference else {
      return (blocks + [words.noDifference()]).joined(separator: "\n\n") + "\n"
    }
    blocks.append(markdownEscaped(words.firstDifference(difference)))
    for (report, label) in [(left, Label.native), (right, .tunnel)] {
      guard let step = report.step(at: difference), let hop = report.hop(at: difference) else { continue }
      blocks.append("## \(words.label(label))")
      blocks += step.markdown(words, number: difference.step + 1, of: hop.steps.count)
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func text(_ cell: ComparisonRow.Cell, _ words: any Phrasebook) -> String {
    switch cell {
    case .hop(let hop): "\(visible(hop.node.name)): \(words.passage(hop))"
    case .step(let step, let number): "\(number) \(words.title(step.kind))"
    case .outcome(let outcome): words.outcome(outcome)
    }
  }
}
