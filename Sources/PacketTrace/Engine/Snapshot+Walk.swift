import ControlPlane
import NetModel

extension Snapshot {
  /// Follows `flow` through the network to its end, and with `roundTrip` its answer back.
  ///
  /// A Service gives one path for each backend unless the flow names one.
  package func walk(_ flow: Flow, roundTrip: Bool = false) -> Walk {
    let paths = backends(for: flow).map { path(of: flow, by: $0, roundTrip: roundTrip) }
    return Walk(flow: flow, revision: revision, paths: paths)
  }

  /// The backends to try, in the order of their slots; one `nil` where the destination is no Service.
  private func backends(for flow: Flow) -> [Flow.Backend?] {
    if let wanted = flow.backend { return [wanted] }
    guard case .transport(let transport, let port) = flow.content, let node = machine(of: flow.origin),
      let datapath = datapath(on: node)
    else { return [nil] }
    let frontend = Frontend(address: flow.destination, port: port, transport: transport)
    let entry = datapath.services.first { $0.frontend == frontend }
    guard let entry, !entry.backends.isEmpty else { return [nil] }
    return entry.backends.map { Flow.Backend(address: $0.address, port: $0.port) }
  }

  private func machine(of stack: StackID) -> NodeID? {
    switch stack {
    case .host(let node): node
    case .pod(let pod): placement(of: pod)?.node
    }
  }

  private func path(of flow: Flow, by backend: Flow.Backend?, roundTrip: Bool) -> Path {
    var connection = Connection(origin: flow.origin)
    connection.wantedBackend = backend
    var tracer = Tracer(
      snapshot: self,
      journey: Journey(packet: FirstPacket.make(flow), connection: connection, place: flow.origin))
    let outcome = tracer.run()
    let taken = tracer.journey.connection.socketTranslation?.backend
    var path = Path(backend: taken, hops: tracer.journey.hops, outcome: outcome)
    if roundTrip, outcome.disposition == .delivered { path.reply = reply(after: tracer.journey) }
    return path
  }

  /// The answer to a packet that was delivered; `nil` where nothing is answered.
  private func reply(after request: Journey) -> Path.Reply? {
    guard case .acceptance(let accepted) = request.hops.last?.steps.last?.evidence,
      let packet = FirstPacket.answer(to: request.packet, accepted: accepted)
    else { return nil }
    var connection = request.connection
    connection.isReply = true
    var tracer = Tracer(
      snapshot: self, journey: Journey(packet: packet, connection: connection, place: request.place))
    let outcome = tracer.run()
    return Path.Reply(hops: tracer.journey.hops, outcome: outcome)
  }
}
