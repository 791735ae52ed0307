import Console
import ControlPlane
import PacketTrace

extension InspectorState {
  /// Does `edits`, all or none; undo goes back to before them.
  ///
  /// - Returns: false where one of them makes no sense; the notice says which.
  @discardableResult
  mutating func apply(_ edits: [Edit]) -> Bool {
    guard let moment = lab.moment else {
      notice = .unavailable(.edit, .recording)
      return false
    }
    var edited = lab
    do throws(EditError) {
      for edit in edits { try edited.apply(edit) }
    } catch {
      notice = .refused(error)
      return false
    }
    let before = itinerary
    remember(moment)
    lab = edited
    isLabEdited = true
    reach = nil
    derive()
    let commands = edits.flatMap(\.commands)
    log.add(.edit(commands))
    notice = .changed(commands, firstDifference: itinerary.firstDifference(from: before))
    return true
  }

  /// Undo leads to `moment` from now on, and nothing can be redone.
  mutating func remember(_ moment: RunningLab.Moment) {
    past.append(moment)
    future = []
  }

  /// Goes back to before the last edit, or forward again.
  mutating func travel(_ action: Action) {
    let wanted = action == .undo ? past.popLast() : future.popLast()
    guard let wanted, let moment = lab.moment else { return }
    if action == .undo { future.append(moment) } else { past.append(moment) }
    let before = itinerary
    restore(wanted)
    log.add(.travelled(action))
    notice = .travelled(action, firstDifference: itinerary.firstDifference(from: before))
  }

  /// Goes back to the lab as it was opened; undo leads back to what was there.
  mutating func reset() {
    guard let opened, let moment = lab.moment else { return }
    remember(moment)
    restore(opened)
    log.add(.travelled(.reset))
    notice = .wasReset
  }

  private mutating func restore(_ moment: RunningLab.Moment) {
    lab.restore(moment)
    isLabEdited = true
    reach = nil
    derive()
  }

  /// Takes down what shells have changed.
  mutating func logEdits(of lab: RunningLab) {
    let commands = lab.edits.dropFirst(self.lab.edits.count).flatMap(\.edit.commands)
    if !commands.isEmpty { log.add(.edit(commands)) }
  }

  /// Takes over the lab from whoever has changed it: a command, or a shell.
  mutating func follow(_ lab: RunningLab) {
    let moment = self.lab.moment
    let isChanged = lab.snapshot != self.lab.snapshot
    if let moment, lab.edits.count > moment.edits.count { remember(moment) }
    self.lab = lab
    guard isChanged else { return }
    reach = nil
    derive()
  }
}

// MARK: Fixes

extension InspectorState {
  /// Looks for the smallest fixes of the walk, unless they are known.
  mutating func findFixes() {
    guard fixes == nil else { return }
    var wanted = flow
    wanted.backend = path?.backend ?? flow.backend
    fixes = isDelivered ? [] : network?.fixes(for: wanted) ?? []
  }

  /// The path that is looked at arrives, and its answer too.
  var isDelivered: Bool { path?.deliversRoundTrip ?? true }

  /// Does the selected fix, or the first.
  mutating func applyFix() {
    findFixes()
    guard let fixes, !fixes.isEmpty else {
      notice = .unavailable(.applyFix, .noFixFound)
      return
    }
    apply(fixes[selectedFix ?? 0].edits)
  }
}
