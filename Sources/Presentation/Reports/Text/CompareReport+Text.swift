import PacketTrace

extension CompareReport {
  /// Both traces beside each other, hop beside hop and step beside step, then the first difference in full.
  package func text(_ words: any Phrasebook, _ layout: TextLayout = TextLayout()) -> String {
    var writer = TextWriter(words: words, layout: layout)
    writer.add(words.headline(left.flow), .title)
    writer.add(words.setting(left.setting, right.setting), .dim)
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
    if case .hop = row.content { addBlank() }
    let column = max(24, (layout.columns - 6) / 2)
    let isFirst = row.isFirstDifference(difference)
    let role: Style.Role = isFirst ? .changed : row.isAlike ? .dim : row.role
    let left = row.left.map { lines($0, columns: column, inFull: !row.isAlike) } ?? []
    let right = row.right.map { lines($0, columns: column, inFull: !row.isAlike) } ?? []
    for index in 0..<max(left.count, right.count) {
      let mark = index > 0 ? "   " : isFirst ? "=> " : row.isAlike ? "   " : "*  "
      let start = ReportLine(mark, isFirst ? .changed : .dim)
      let cell = (left.element(at: index) ?? "").padded(columns: column)
      add(
        start + ReportLine(cell, role) + ReportLine(" | ", .border)
          + ReportLine(right.element(at: index) ?? "", role))
    }
  }

  /// The lines of a cell: a title, and in full also what was answered there.
  private func lines(_ cell: ComparisonRow.Cell, columns: Int, inFull: Bool) -> [String] {
    switch cell {
    case .hop(let hop):
      return [visible(hop.node.name)] + words.passage(hop).wrapped(columns: columns)
    case .step(let step, let number):
      let title = "\(number < 10 ? " " : "")\(number)  \(words.title(step.kind))"
      let answer = inFull ? words.answer(step).wrapped(columns: columns - 4) : []
      return [title] + answer.map { "    " + $0 }
    case .outcome(let outcome): return words.outcome(outcome).wrapped(columns: columns)
    }
  }
}

extension CompareReport {
  /// The comparison as numbered sentences: what both do, then where they part, then each side's end.
  package func plain(_ words: any Phrasebook) -> String {
    var sentences = [closed(words.headline(left.flow)), closed(words.setting(left.setting, right.setting))]
    if let difference = comparison.firstDifference {
      sentences.append(words.firstDifference(difference))
      for (report, label) in [(left, Label.native), (right, .tunnel)] {
        guard let step = report.step(at: difference), let hop = report.hop(at: difference) else { continue }
        sentences.append(closed(words.capitalized(label)))
        sentences += step.plain(words, number: difference.step + 1, of: hop.steps.count)
      }
    } else {
      sentences.append(words.noDifference())
    }
    for (report, label) in [(left, Label.native), (right, .tunnel)] {
      sentences += report.walk.paths.map {
        closed("\(words.capitalized(label)): \(words.outcome($0.outcome))")
      }
    }
    return numbered(sentences)
  }

  /// The comparison as a Markdown page: a table of both walks, then the first difference in full.
  package func markdown(_ words: any Phrasebook) -> String {
    var blocks = ["# \(markdownEscaped(words.headline(left.flow)))"]
    blocks.append(markdownEscaped(words.setting(left.setting, right.setting)))
    let head = "| | \(left.setting.mode.rawValue) | \(right.setting.mode.rawValue) |"
    let lines = rows.map { row in
      let cells = [row.left, row.right].map { cell in
        cell.map { markdownEscaped(text($0, inFull: !row.isAlike, words)) } ?? ""
      }
      let mark = row.isFirstDifference(comparison.firstDifference) ? "**=>**" : row.isAlike ? "=" : "\\*"
      return "| \(mark) | \(cells[0]) | \(cells[1]) |"
    }
    blocks.append(([head, "|---|---|---|"] + lines).joined(separator: "\n"))
    guard let difference = comparison.firstDifference else {
      return (blocks + [words.noDifference()]).joined(separator: "\n\n") + "\n"
    }
    blocks.append(markdownEscaped(words.firstDifference(difference)))
    for (report, label) in [(left, Label.native), (right, .tunnel)] {
      guard let step = report.step(at: difference), let hop = report.hop(at: difference) else { continue }
      blocks.append("## \(words.capitalized(label))")
      blocks += step.markdown(words, number: difference.step + 1, of: hop.steps.count)
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func text(_ cell: ComparisonRow.Cell, inFull: Bool, _ words: any Phrasebook) -> String {
    switch cell {
    case .hop(let hop): "\(visible(hop.node.name)): \(words.passage(hop))"
    case .step(let step, let number):
      "\(number). \(words.title(step.kind))" + (inFull ? ": \(words.answer(step))" : "")
    case .outcome(let outcome): words.outcome(outcome)
    }
  }
}
