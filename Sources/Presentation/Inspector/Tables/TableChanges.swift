import Console
import ControlPlane
import NetModel

extension InspectorState {
  /// What differs in the tables of every stack between the two sides of the comparison.
  func tableChangesContent(columns: Int) -> PaneContent {
    guard let comparison else { return PaneContent(title: words.tableChanges, items: []) }
    let (left, right) = (comparison.left.snapshot, comparison.right.snapshot)
    var items = right.stacks.map(\.id).flatMap { stack in
      InspectorState.comparedKinds.compactMap { kind in
        changes(of: kind, on: stack, from: left, to: right, columns: columns)
      }
    }
    if items.isEmpty { items = [PaneContent.Item(words.sameTables, .dim, columns: columns)] }
    return PaneContent(
      title: words.tableChanges, items: items, selected: cursors[.tableChanges] ?? 0,
      marking: marking(of: .tableChanges))
  }

  /// The tables that edits change; the others follow from objects that both sides share.
  private static let comparedKinds: [TableKind] = [
    .routes, .rules, .neighbors, .interfaces, .sysctls, .endpoints, .ipcache, .services, .policies,
  ]

  private func changes(
    of kind: TableKind, on stack: StackID, from left: Snapshot, to right: Snapshot, columns: Int
  ) -> PaneContent.Item? {
    let (old, new) = (texts(of: kind, on: stack, in: left), texts(of: kind, on: stack, in: right))
    guard old != new else { return nil }
    let (known, present) = (Set(old), Set(new))
    let gone = old.filter { !present.contains($0) }.map { StyledLine(line("- ", $0, columns), .loser) }
    let added = new.filter { !known.contains($0) }.map { StyledLine(line("+ ", $0, columns), .changed) }
    guard !(gone + added).isEmpty else { return nil }
    let title = "\(right.shortName(of: stack)): \(kind.rawValue)"
    return PaneContent.Item([StyledLine(visible(title), .title)] + gone + added)
  }

  private func texts(of kind: TableKind, on stack: StackID, in snapshot: Snapshot) -> [String] {
    TablePane(
      stack: stack, kind: kind, snapshot: snapshot, network: nil, connections: nil
    ).texts
  }

  private func line(_ sign: String, _ text: String, _ columns: Int) -> String {
    (sign + visible(text)).shortened(columns: columns)
  }
}
