import ControlPlane
import NetModel
import PacketTrace

/// A network's state and the walk through it: what all views show.
package struct Scene: Hashable, Sendable {
  package var snapshot: Snapshot
  package var walk: Walk

  package init(snapshot: Snapshot, walk: Walk) {
    self.snapshot = snapshot
    self.walk = walk
  }

  /// The routing mode of all agents; `nil` where they differ or there are none.
  package var mode: CiliumSettings.RoutingMode? {
    let modes = Set(snapshot.agents.map(\.datapath.settings.routing))
    return modes.count == 1 ? modes.first : nil
  }

  /// The steps of one path, or of its reply; empty where there is no such path.
  func itinerary(path: Int, isReply: Bool) -> Itinerary {
    guard walk.paths.indices.contains(path) else { return .empty }
    let path = walk.paths[path]
    guard isReply else { return Itinerary(hops: path.hops, outcome: path.outcome) }
    guard let reply = path.reply else { return .empty }
    return Itinerary(hops: reply.hops, outcome: reply.outcome)
  }
}
