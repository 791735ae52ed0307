import ControlPlane
import Importing
import NetModel
import PacketTrace

extension Main {
  /// Walks per second between all pods and machines of the built-in lab, in both modes.
  static func reportWalks() throws {
    print(row("lab", "pairs", "walks a second", "round trips a second", "steps a walk"))
    print(row("---", "--:", "--:", "--:", "--:"))
    for chapter in ["webpod", "tunnel"] {
      let snapshot = try Lab.builtIn("cilium-week4").network(chapter: chapter).snapshot()
      let flows = flows(in: snapshot)
      var steps = 0
      let oneWay = shortestNanoseconds {
        steps = 0
        for flow in flows {
          steps += snapshot.walk(flow).paths.reduce(0) { $0 + $1.hops.reduce(0) { $0 + $1.steps.count } }
        }
      }
      let roundTrip = shortestNanoseconds {
        for flow in flows where snapshot.walk(flow, roundTrip: true).paths.isEmpty { steps += 1 }
      }
      let count = Double(flows.count)
      print(
        row(
          "cilium-week4, \(chapter)", String(flows.count), grouped(count / oneWay * 1e9),
          grouped(count / roundTrip * 1e9), grouped(Double(steps) / count)))
    }
  }

  private static func flows(in snapshot: Snapshot) -> [Flow] {
    let pods = snapshot.pods.map { (StackID.pod($0.pod), $0.address) }
    let hosts = snapshot.agents.map { (StackID.host($0.node), $0.datapath.nodeAddress) }
    let ends = pods + hosts
    return ends.flatMap { source in
      ends.filter { $0.0 != source.0 }.map { destination in
        Flow(origin: source.0, destination: destination.1, content: .transport(.tcp, port: 80))
      }
    }
  }
}
