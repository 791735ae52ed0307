import NetModel
import PacketTrace

extension InspectorState {
  /// All steps in order, each with its answer in a few words.
  func stepsContent(columns: Int) -> PaneContent {
    var items: [PaneContent.Item] = []
    for (index, stop) in itinerary.stops.enumerated() {
      var lines: [StyledLine] = []
      if index == 0 || itinerary.stops[index - 1].step.stack != stop.step.stack {
        lines.append(StyledLine(scene.snapshot.shortName(of: stop.step.stack), .title))
      }
      lines.append(stepLine(index, stop.step, columns: columns))
      items.append(PaneContent.Item(lines, headingLines: lines.count - 1))
    }
    if items.isEmpty { items = [PaneContent.Item(words.noSteps, columns: columns)] }
    return PaneContent(title: words.steps, items: items, selected: position, marking: .always)
  }

  private func stepLine(_ index: Int, _ step: Step, columns: Int) -> StyledLine {
    let isCurrent = index == position
    let number = isCurrent ? "[\(index + 1)]" : "\(index + 1) "
    let name = words.short(step.kind).padded(columns: words.shortWidth)
    let digest = words.digest(step)
    let role: Style.Role = isCurrent ? .current : index < position ? .plain : .dim
    let room = max(0, columns - 5 - words.shortWidth - 1)
    let lead = String(repeating: " ", count: max(0, 4 - number.count))
    return StyledLine("\(lead)\(number) \(name) ", role).adding(
      visible(digest).shortened(columns: room), step.isEnding ? .failure : role)
  }
}

extension Step {
  /// The packet's way ends here without arriving.
  var isEnding: Bool { kind == .drop || kind == .leaveNetwork }
}
