import ControlPlane
import NetModel
import PacketTrace

extension Main {
  /// How long it takes to tell who reaches whom in growing clusters.
  static func reportReach() {
    print(row("nodes", "mode", "pairs", "reached", "milliseconds"))
    print(row("--:", "---", "--:", "--:", "--:"))
    let modes: [(String, CiliumSettings.RoutingMode)] = [("native", .native), ("vxlan", .tunnel(.vxlan))]
    for count in [10, 100, 300, 1_000] {
      for (name, routing) in modes {
        let snapshot = FlatCluster(count: count, routing: routing).snapshot
        var reach = Reachability(sources: [], destinations: [], cells: [])
        let time = shortestNanoseconds(rounds: 3) { reach = snapshot.reachability() }
        print(
          row(
            grouped(Double(count)), name, grouped(Double(reach.cells.count)),
            grouped(Double(reach.cells.count(where: \.isReached))), grouped(time / 1e6)))
      }
    }
  }
}
