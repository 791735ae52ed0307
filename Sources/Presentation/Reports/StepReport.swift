import PacketTrace

/// One step in the words of a language, ready to be laid out.
package struct StepReport: Hashable, Sendable {
  package var title: String
  /// What ran, and where.
  package var place: String
  package var question: String
  /// The name of the consulted table; `nil` where none was.
  package var table: String?
  /// In the order of the evidence.
  package var rows: [Row]
  package var answer: String
  /// What the step changed in the packet, a phrase each.
  package var changes: [String]
  package var remark: String?
  package var grounds: String

  /// One entry of the consulted table.
  package struct Row: Hashable, Sendable {
    package var standing: Standing
    /// The entry as the tool that lists the table prints it; control characters are made visible.
    package var entry: String
    package var why: String
  }

  package enum Standing: Hashable, Sendable {
    case won
    case lost
    /// The best of those that do not contain what was asked.
    case nearest
  }

  package init(_ step: Step, _ words: any Phrasebook) {
    let evidence = EvidenceTable(step)
    title = words.title(step.kind)
    place = words.place(step)
    question = words.question(step)
    table = evidence.name
    rows = evidence.candidates.map { candidate in
      Row(
        standing: Standing(candidate), entry: visible(candidate.entry.text, limit: 400),
        why: words.why(candidate, in: step))
    }
    answer = words.answer(step)
    changes = step.saysItsChange ? [] : words.changes(step)
    remark = words.remark(on: step)
    grounds = words.grounds(step.grounds)
  }
}

extension Step {
  /// The answer itself says what changed.
  fileprivate var saysItsChange: Bool {
    if case .hopLimit = evidence { true } else { false }
  }
}

extension StepReport.Standing {
  package init(_ candidate: EvidenceTable.Candidate) {
    if candidate.won {
      self = .won
    } else {
      switch candidate.why {
      case .wouldNotMatch, .otherAddress, .otherIdentity, .otherPolicyProtocol, .otherPolicyPort:
        self = .nearest
      default: self = .lost
      }
    }
  }

  /// The word for it.
  package var label: Label {
    switch self {
    case .won: .won
    case .lost: .lost
    case .nearest: .nearest
    }
  }
}
