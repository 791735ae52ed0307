import Console
import ControlPlane
import NetModel
import PacketTrace
import Presentation

extension OpenedLab {
  /// The walk of the question for the destination's name; empty where it has none that is asked for.
  func nameQuestions(before named: NamedFlow, in snapshot: Snapshot) -> [TraceReport] {
    guard named.destination.kind == .service, let namespace = named.destination.namespace,
      let flow = network.nameQuestion(
        from: named.flow.origin, for: ServiceID(namespace: namespace, name: named.destination.name))
    else { return [] }
    let server = NamedFlow.End(
      kind: .address, name: flow.destination.description, node: nil, address: flow.destination)
    return [
      TraceReport(
        setting: setting(of: snapshot),
        flow: NamedFlow(source: named.source, destination: server, flow: flow),
        walk: snapshot.walk(flow, roundTrip: true))
    ]
  }
}
