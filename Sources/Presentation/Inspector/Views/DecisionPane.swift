import PacketTrace

extension InspectorState {
  /// The current step: the question, what was considered and why it won or lost, and the answer.
  func decisionContent(columns: Int) -> PaneContent {
    guard let step = stop?.step else {
      return PaneContent(
        title: words.decision, items: [PaneContent.Item(words.noSteps, columns: columns)])
    }
    let book = language.phrasebook
    let place = "\(scene.snapshot.shortName(of: step.stack))\(step.device.map { " \($0)" } ?? "")"
    let count = "\(position + 1)/\(itinerary.stops.count)"
    let table = EvidenceTable(step)
    var items = [PaneContent.Item(book.question(step), .title, columns: columns)]
    items.append(answerItem(step, columns: columns))
    items += table.candidates.map { candidateItem($0, of: step, columns: columns) }
    items += fixItems(columns: columns)
    if let remark = book.remark(on: step) { items.append(PaneContent.Item(remark, columns: columns)) }
    if showsGrounds { items.append(groundsItem(step, table.name, columns: columns)) }
    return PaneContent(
      title: "\(count) \(place): \(book.title(step.kind))", detail: step.hook.rawValue,
      items: items.spaced, selected: cursors[.decision] ?? 0, marking: marking(of: .decision))
  }

  private func candidateItem(
    _ candidate: EvidenceTable.Candidate, of step: Step, columns: Int
  ) -> PaneContent.Item {
    let width = max(words.won.cellWidth, words.lost.cellWidth) + 1
    let mark = (candidate.won ? words.won : words.lost).padded(columns: width)
    let role: Style.Role = candidate.won ? .winner : .loser
    let entry = visible(candidate.entry.text).wrapped(columns: columns - width)
    let blank = String(repeating: " ", count: width)
    let lines = entry.enumerated().map { index, line in
      StyledLine(index == 0 ? mark : blank, role).adding(line, role)
    }
    let why = language.phrasebook.why(candidate, in: step).wrapped(columns: columns - width - 2)
    return PaneContent.Item(
      lines + why.enumerated().map { StyledLine("\(blank)\($0 == 0 ? "- " : "  ")\($1)", .dim) })
  }

  /// The smallest fixes with the commands that they are; the item of each is what `a` applies.
  private func fixItems(columns: Int) -> [PaneContent.Item] {
    guard !isDelivered else { return [] }
    guard let fixes else { return [PaneContent.Item(words.lookingForFixes, .dim, columns: columns)] }
    guard !fixes.isEmpty else { return [PaneContent.Item(words.noFix, .dim, columns: columns)] }
    let applyKey = keyMap.keys(of: .applyFix).first.map(KeyTokens.name) ?? ""
    let undoKey = keyMap.keys(of: .undo).first.map(KeyTokens.name) ?? ""
    let book = language.phrasebook
    let title =
      "\(book.fixesTitle(fixes.count))  [\(applyKey)] \(words.applies)  [\(undoKey)] \(words.undoes)"
    return fixes.enumerated().map { index, fix in
      let heading = index == 0 ? title.wrapped(columns: columns).map { StyledLine($0, .title) } : []
      let isSelected = index == selectedFix ?? 0
      let commands = fix.edits.flatMap(\.commands).enumerated().flatMap { line, command in
        let lead = line == 0 ? (isSelected ? "[\(index + 1)] " : " \(index + 1)  ") : "    "
        return book.fix(command).wrapped(columns: columns - 4).enumerated().map { part, text in
          StyledLine(part == 0 ? lead : "    ", isSelected ? .key : .dim).adding(text, .success)
        }
      }
      return PaneContent.Item(heading + commands, headingLines: heading.count)
    }
  }

  /// Which fix is selected in the pane; `nil` where something else is.
  var selectedFix: Int? {
    guard focus == .decision, let cursor = cursors[.decision], let step = stop?.step, let fixes else {
      return nil
    }
    let index = cursor - 2 - EvidenceTable(step).candidates.count
    return fixes.indices.contains(index) ? index : nil
  }

  private func answerItem(_ step: Step, columns: Int) -> PaneContent.Item {
    let text = language.phrasebook.answer(step)
    let lines = text.wrapped(columns: columns - 3).enumerated().map { index, line in
      StyledLine((index == 0 ? "=> " : "   ") + line, step.answerRole)
    }
    return PaneContent.Item(lines)
  }

  private func groundsItem(_ step: Step, _ table: String?, columns: Int) -> PaneContent.Item {
    let grounds = language.phrasebook.grounds(step.grounds)
    let source = "\(words.name(.grounds)): \(grounds)"
    return PaneContent.Item(
      table.map { "\(words.table) \($0); \(source)" } ?? source, .dim, columns: columns)
  }
}

extension Step {
  /// How the answer is meant: an end, an arrival, or a step on the way.
  fileprivate var answerRole: Style.Role {
    switch (kind, evidence) {
    case (.drop, _), (.leaveNetwork, _): .failure
    case (.accept, .acceptance(.closedPort)): .failure
    case (.accept, _): .success
    case (.encapsulation, _), (.decapsulation, _): .tunnel
    default: .plain
    }
  }
}

extension [PaneContent.Item] {
  /// The items with an empty line between them.
  fileprivate var spaced: [PaneContent.Item] {
    enumerated().map { index, item in
      index == 0
        ? item : PaneContent.Item([StyledLine()] + item.lines, headingLines: item.headingLines + 1)
    }
  }
}
