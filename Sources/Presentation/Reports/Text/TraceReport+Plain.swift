import PacketTrace

extension TraceReport {
  /// The trace as numbered sentences, one a line, in the order in which things happen.
  package func plain(_ words: any Phrasebook) -> String {
    numbered(plainSentences(words))
  }

  func plainSentences(_ words: any Phrasebook) -> [String] {
    var sentences = nameQuestions.flatMap { $0.plainSentences(words) }
    sentences += [closed(words.headline(flow)), closed(words.setting(setting))]
    for (index, path) in walk.paths.enumerated() {
      if walk.paths.count > 1 {
        sentences.append(closed(words.path(number: index + 1, of: walk.paths.count, path)))
      }
      sentences += plain(path.hops, path.outcome, words)
      if let reply = path.reply {
        sentences.append(closed(words.replyTitle()))
        sentences += plain(reply.hops, reply.outcome, words)
      }
      sentences += plain(fixes(ofPath: index), words)
    }
    return sentences
  }

  private func plain(_ fixes: [Fix], _ words: any Phrasebook) -> [String] {
    guard !fixes.isEmpty else { return [] }
    let commands = fixes.enumerated().flatMap { index, fix in
      fix.edits.flatMap(\.commands).map { "\(index + 1): \(words.fix($0))" }
    }
    return [closed(words.fixesTitle(fixes.count))] + commands
  }

  private func plain(_ hops: [Hop], _ outcome: Outcome, _ words: any Phrasebook) -> [String] {
    let passages = hops.enumerated().flatMap { index, hop in
      let title = words.hop(number: index + 1, of: hops.count, hop)
      let steps = hop.steps.enumerated().flatMap { number, step in
        step.plain(words, number: number + 1, of: hop.steps.count)
      }
      return [closed("\(title), \(words.passage(hop))")] + steps
    }
    return passages + [closed(words.outcome(outcome))]
  }
}

extension Step {
  /// What the step asks, what was considered, the answer, and what follows from it, a sentence each.
  func plain(_ words: any Phrasebook, number: Int, of count: Int) -> [String] {
    let report = StepReport(self, words)
    let title = words.step(number: number, of: count, self)
    var sentences = ["\(closed("\(title), \(report.place)")) \(report.question)"]
    sentences += report.rows.map { closed("\(words.capitalized($0.standing.label)): \($0.entry), \($0.why)") }
    sentences.append(report.answer)
    if !report.changes.isEmpty {
      sentences.append(closed("\(words.capitalized(.changed)): \(report.changes.joined(separator: "; "))"))
    }
    if let remark = report.remark { sentences.append(closed("\(words.capitalized(.remark)): \(remark)")) }
    sentences.append(closed("\(words.capitalized(.grounds)): \(report.grounds)"))
    return sentences
  }
}

/// Each sentence on a line of its own behind its number.
func numbered(_ sentences: [String]) -> String {
  sentences.enumerated().map { "\($0.offset + 1). \($0.element)\n" }.joined()
}

/// The phrase with a full stop, unless it has one.
func closed(_ phrase: String) -> String {
  phrase.hasSuffix(".") || phrase.hasSuffix("?") ? phrase : phrase + "."
}

extension Phrasebook {
  /// A label at the beginning of a sentence.
  func capitalized(_ label: Label) -> String {
    let word = self.label(label)
    return word.prefix(1).uppercased() + word.dropFirst()
  }
}
