import ControlPlane
import PacketTrace

/// Who reaches whom as the network is, and in the other routing mode.
package struct ReachPair: Hashable, Sendable {
  package var here: Reachability
  package var mode: CiliumSettings.RoutingMode?
  /// `nil` where the network cannot be switched.
  package var other: Other?

  package struct Other: Hashable, Sendable {
    package var mode: CiliumSettings.RoutingMode
    package var reach: Reachability
  }
}

/// A cell of the matrix, by positions among sources and destinations.
package struct ReachCell: Hashable, Sendable {
  package var source = 0
  package var destination = 0
}

extension Reachability {
  /// The cell of a pair; `nil` where there is none.
  func cell(_ place: ReachCell) -> Cell? {
    let index = place.source * destinations.count + place.destination
    guard sources.indices.contains(place.source), destinations.indices.contains(place.destination),
      cells.indices.contains(index)
    else { return nil }
    return cells[index]
  }
}

extension Reachability {
  /// The column of an end, from 1; `nil` for one that nobody sends to.
  func number(of end: NamedFlow.End) -> Int? {
    destinations.firstIndex { $0.kind == end.kind && $0.qualifiedName == end.qualifiedName }.map { $0 + 1 }
  }
}

extension InspectorState {
  /// Walks between all pairs, in this mode and in the other, unless that was done.
  mutating func findReach() {
    guard reach == nil else { return }
    let here = lab.snapshot.reachability()
    reach = ReachPair(here: here, mode: scene.mode, other: otherReach)
    reachCell.source = min(reachCell.source, max(0, here.sources.count - 1))
    reachCell.destination = min(reachCell.destination, max(0, here.destinations.count - 1))
  }

  private var otherReach: ReachPair.Other? {
    let mode: CiliumSettings.RoutingMode =
      scene.mode == .native || scene.mode == nil ? .tunnel(.vxlan) : .native
    guard !scene.snapshot.agents.isEmpty, let network = try? network?.applying(mode.edits, at: lab.now) else {
      return nil
    }
    return ReachPair.Other(mode: mode, reach: network.snapshot().reachability())
  }

  /// Moves in the matrix.
  mutating func moveReach(_ sources: Int, _ destinations: Int) {
    findReach()
    guard let here = reach?.here else { return }
    reachCell.source = min(max(0, reachCell.source + sources), max(0, here.sources.count - 1))
    reachCell.destination = min(
      max(0, reachCell.destination + destinations), max(0, here.destinations.count - 1))
  }

  /// Opens the walk of the selected pair.
  mutating func openReached() {
    guard let here = reach?.here, here.cell(reachCell) != nil else { return }
    let source = here.sources[reachCell.source]
    let destination = here.destinations[reachCell.destination]
    guard let flow = try? scene.snapshot.flow(from: source, to: destination) else { return }
    open(.walk)
    ask(flow)
  }
}

extension Snapshot {
  /// The flow that reachability follows between two ends.
  fileprivate func flow(from source: NamedFlow.End, to destination: NamedFlow.End) throws(FlowError) -> Flow {
    try flow(FlowRequest(source: source.qualifiedName, destination: destination.qualifiedName)).flow
  }
}

extension NamedFlow.End {
  /// The name that stands for it and nothing else.
  var qualifiedName: String { namespace.map { "\($0)/\(name)" } ?? name }
}
