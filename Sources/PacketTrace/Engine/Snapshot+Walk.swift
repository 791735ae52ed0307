import ControlPlane
import NetModel

extension Snapshot {
  /// Follows `flow` through the network to its end, and with `roundTrip` its answer back.
  ///
  /// A Service gives one path for each backend unless the flow names one.
  package func walk(_ flow: Flow, roundTrip: Bool = false) -> Walk {
    let paths = backends(for: flow).flatMap { self.paths(of: flow, by: $0, roundTrip: roundTrip) }
    return Walk(flow: flow, revision: revision, paths: paths)
  }

  /// The backends to try, in the order of their slots; one `nil` where the destination is no Service.
  func backends(for flow: Flow) -> [Flow.Backend?] {
    if let wanted = flow.backend { return [wanted] }
    guard case .transport(let transport, let port) = flow.content else { return [nil] }
    let frontend = Frontend(address: flow.destination, port: port, transport: transport)
    let isInside = machine(of: flow.origin).map { datapath(on: $0) != nil } ?? false
    let backends =
      service(at: frontend, askedFrom: flow.origin)?.backends(forClientInside: isInside) ?? []
    return backends.isEmpty ? [nil] : backends.map { Flow.Backend(address: $0.address, port: $0.port) }
  }

  /// The Service as the asking node's agent has it; for others, as agents show it to the outside.
  private func service(at frontend: Frontend, askedFrom origin: StackID) -> ServiceEntry? {
    if let node = machine(of: origin), let datapath = datapath(on: node) {
      return datapath.service(at: frontend, askedFrom: origin)
    }
    return agents.lazy.flatMap(\.datapath.services).first {
      $0.frontend == frontend && $0.type != .clusterIP
    }
  }

  private func machine(of stack: StackID) -> NodeID? {
    switch stack {
    case .host(let node): node
    case .pod(let pod): placement(of: pod)?.node
    }
  }

  /// Every way to `backend`: one, or as many as equal-cost routes make.
  private func paths(of flow: Flow, by backend: Flow.Backend?, roundTrip: Bool) -> [Path] {
    var paths: [Path] = []
    var turns: [Int]? = []
    while let next = turns, paths.count < Walk.mostBranches {
      let (path, forks) = path(of: flow, by: backend, turns: next, roundTrip: roundTrip)
      paths.append(path)
      turns = forks.nextTurns
    }
    return paths
  }

  private func path(
    of flow: Flow, by backend: Flow.Backend?, turns: [Int], roundTrip: Bool
  ) -> (Path, [Journey.Fork]) {
    var connection = Connection(origin: flow.origin)
    connection.wantedBackend = backend
    connection.device = flow.choices.device
    connection.datagramAnswer = flow.choices.answer
    var journey = Journey(packet: FirstPacket.make(flow), connection: connection, place: flow.origin)
    journey.turns = turns
    var tracer = Tracer(snapshot: self, journey: journey)
    let outcome = tracer.run()
    let taken = tracer.journey.connection.backend
    var path = Path(
      backend: taken, branch: tracer.journey.forks.last?.branch, hops: tracer.journey.hops, outcome: outcome)
    if roundTrip { path.reply = reply(after: tracer.journey) }
    return (path, tracer.journey.forks)
  }

  /// What comes back: the answer of the one who took the packet in, or the word of a router that gave it up;
  /// `nil` where nobody says anything.
  func reply(after request: Journey) -> Path.Reply? {
    guard let packet = request.notice ?? request.answer else { return nil }
    var connection = request.connection
    connection.isReply = true
    let place = request.notice == nil ? request.place : .host(request.node)
    var journey = Journey(packet: packet, connection: connection, place: place)
    journey.followsHash = request.followsHash
    var tracer = Tracer(snapshot: learning(request.hops.lessons), journey: journey)
    let outcome = tracer.run(from: request.notice == nil ? .send : request.noticeStart)
    return Path.Reply(hops: tracer.journey.hops, outcome: outcome)
  }
}

extension Journey {
  /// What the stack that took the packet in answers; `nil` where none did.
  var answer: Packet? {
    guard case .acceptance(let accepted) = hops.last?.steps.last?.evidence else { return nil }
    var answer = FirstPacket.answer(to: packet, accepted: accepted)
    if answer?.udp != nil, let payload = connection.datagramAnswer { answer?.payload = payload }
    return answer
  }
}

extension Walk {
  /// The most equal-cost branches that are followed for one backend.
  package static let mostBranches = 64
}

extension [Journey.Fork] {
  /// The turns of the next branch in order; `nil` after the last.
  fileprivate var nextTurns: [Int]? {
    guard let last = lastIndex(where: { $0.index + 1 < $0.count }) else { return nil }
    return self[..<last].map(\.index) + [self[last].index + 1]
  }
}

extension Connection {
  /// The backend that the request was translated to, at the socket or on its way; `nil` where it was not.
  var backend: Flow.Backend? {
    socketTranslation?.backend ?? perPacket?.backend ?? loadBalanced.last?.backend
  }
}
