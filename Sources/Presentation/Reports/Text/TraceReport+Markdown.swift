import PacketTrace

extension TraceReport {
  /// The trace as a Markdown page (CommonMark with GitHub's tables).
  package func markdown(_ words: any Phrasebook) -> String {
    let head = ["# \(markdownEscaped(words.headline(flow)))", markdownEscaped(words.setting(setting))]
    let paths = walk.paths.enumerated().flatMap { index, path in
      markdown(path, number: index + 1, words)
    }
    let questions = nameQuestions.map { $0.markdown(words) + "\n" }.joined()
    return questions + (head + paths).joined(separator: "\n\n") + "\n"
  }

  private func markdown(_ path: Path, number: Int, _ words: any Phrasebook) -> [String] {
    var blocks: [String] = []
    if walk.paths.count > 1 {
      let title = words.path(number: number, of: walk.paths.count, path)
      blocks.append("## \(markdownEscaped(title))")
    }
    blocks += markdown(path.hops, path.outcome, words)
    if let reply = path.reply {
      blocks += ["## \(words.replyTitle())"] + markdown(reply.hops, reply.outcome, words)
    }
    return blocks + markdown(fixes(ofPath: number - 1), words)
  }

  private func markdown(_ fixes: [Fix], _ words: any Phrasebook) -> [String] {
    guard !fixes.isEmpty else { return [] }
    let items = fixes.enumerated().map { index, fix in
      let commands = fix.edits.flatMap(\.commands).map { "   - \(code(words.fix($0)))" }
      return (["\(index + 1)."] + commands).joined(separator: "\n")
    }
    return ["## \(words.fixesTitle(fixes.count))", items.joined(separator: "\n")]
  }

  private func markdown(_ hops: [Hop], _ outcome: Outcome, _ words: any Phrasebook) -> [String] {
    let passages = hops.enumerated().flatMap { index, hop in
      let title = markdownEscaped(words.hop(number: index + 1, of: hops.count, hop))
      let steps = hop.steps.enumerated().flatMap { number, step in
        step.markdown(words, number: number + 1, of: hop.steps.count)
      }
      return ["### \(title)", markdownEscaped(words.passage(hop))] + steps
    }
    return passages + ["**\(markdownEscaped(words.outcome(outcome)))**"]
  }
}

extension Step {
  func markdown(_ words: any Phrasebook, number: Int, of count: Int) -> [String] {
    let report = StepReport(self, words)
    let title = markdownEscaped(words.step(number: number, of: count, self))
    var blocks = ["#### \(title)", "*\(markdownEscaped(report.place))*"]
    blocks.append("\(markdownEscaped(report.question)) **\(markdownEscaped(report.answer))**")
    if let table = report.table, !report.rows.isEmpty {
      let rows = report.rows.map { row in
        "| \(words.label(row.standing.label)) | \(code(row.entry)) | \(markdownEscaped(row.why)) |"
      }
      blocks.append((["| | \(code(table)) | |", "|---|---|---|"] + rows).joined(separator: "\n"))
    }
    var notes = report.changes.isEmpty ? [] : [(Label.changed, report.changes.joined(separator: "; "))]
    if let remark = report.remark { notes.append((.remark, remark)) }
    notes.append((.grounds, report.grounds))
    blocks.append(
      notes.map { "- \(words.label($0.0)): \(markdownEscaped($0.1))" }.joined(separator: "\n"))
    return blocks
  }
}

/// The text with everything that Markdown or HTML would take for a sign of its own made literal.
///
/// Source: CommonMark 0.31, section 2.4.
func markdownEscaped(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
        markdownSigns.contains(scalar) ? ["\\", scalar] : [scalar]
      }))
}

private let markdownSigns = Set("\\`*_[]<>|#~".unicodeScalars)

/// The text in code style; signs that end it or a table's cell are replaced.
private func code(_ text: String) -> String {
  "`"
    + String(text.map { $0 == "`" ? "'" : $0 }).split(separator: "|", omittingEmptySubsequences: false)
    .joined(separator: "\\|") + "`"
}
