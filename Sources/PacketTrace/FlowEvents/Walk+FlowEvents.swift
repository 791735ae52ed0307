import ControlPlane
import NetModel

extension Path {
  /// What Hubble shows for this path at the default aggregation, in the order in which it happens.
  ///
  /// The events observe the steps that were walked; no rule is decided here.
  ///
  /// Source: Cilium `bpf/lib/trace.h`: with aggregation `medium` only the to-* points are sent.
  package func flowEvents(in snapshot: Snapshot) -> [FlowEvent] {
    let asked = hops.flatMap { $0.flowEvents(in: snapshot, isReply: false) }
    let answered = reply?.hops.flatMap { $0.flowEvents(in: snapshot, isReply: true) } ?? []
    return (asked + answered).map { $0.naming(snapshot.pods) }
  }
}

extension FlowEvent {
  fileprivate func adding(_ extendedError: Int?) -> FlowEvent {
    var event = self
    event.extendedError = extendedError
    return event
  }

  /// The event with the pods that bear its addresses.
  fileprivate func naming(_ pods: [Snapshot.PodPlacement]) -> FlowEvent {
    var event = self
    event.source.pod = pods.first { $0.address == source.address }?.pod
    event.destination.pod = pods.first { $0.address == destination.address }?.pod
    return event
  }
}

extension Hop {
  fileprivate func flowEvents(in snapshot: Snapshot, isReply: Bool) -> [FlowEvent] {
    guard let datapath = snapshot.datapath(on: node) else { return [] }
    var sender: SecurityIdentity?
    var answer: Int?
    return steps.flatMap { step in
      sender = step.sender ?? sender
      let events = step.flowEvents(on: node, in: datapath, isReply: isReply, sender: sender)
      defer { answer = step.fibAnswer }
      return step.evidence == .ending(.fibLookupFailed) ? events.map { $0.adding(answer) } : events
    }
  }
}

extension Step {
  /// - Parameter sender: who the node's programs take the sender for; `nil` where they ask the ipcache.
  fileprivate func flowEvents(
    on node: NodeID, in datapath: Datapath, isReply: Bool, sender: SecurityIdentity?
  ) -> [FlowEvent] {
    func event(_ kind: FlowEvent.Kind, _ direction: FlowEvent.Direction) -> FlowEvent {
      var event = self.event(kind, direction, on: node, in: datapath)
      if let sender { event.source.identity = sender }
      return event
    }
    switch (kind, evidence) {
    case (.socketTranslation, .service(let lookup)):
      guard case .backend = lookup.answer else { return [] }
      return [
        socketEvent(.beforeForward, before, on: node, in: datapath),
        socketEvent(.afterForward, after, on: node, in: datapath),
      ]
    case (.policyVerdict, .policy(let verdict)):
      return verdict.event.map { [event($0.kind, $0.direction)] } ?? []
    case (.drop, .ending(let reason)):
      guard let code = DropCode.code(of: reason, at: hook) else { return [] }
      return [event(.dropped(reason, code: code), .unknown)]
    default:
      guard let point = observationPoint(in: datapath) else { return [] }
      return [event(.trace(point), isReply ? .reply : .forward)]
    }
  }

  /// Who the node's programs take the sender for from this step on; `nil` where it does not say.
  fileprivate var sender: SecurityIdentity? {
    switch evidence {
    case .tunnelKey(let identity): identity
    case .identity(let lookup) where lookup.subject == .source: lookup.identity
    case .tunnel(let decision):
      if case .encapsulate(_, let vni, _) = decision.answer { SecurityIdentity(vni) } else { nil }
    default: nil
    }
  }

  /// What `bpf_fib_lookup` returns for a way that leads nowhere; `nil` for all else.
  ///
  /// Source: Linux `net/core/filter.c`, `bpf_ipv4_fib_lookup`.
  fileprivate var fibAnswer: Int? {
    guard case .route(let lookup) = evidence else { return nil }
    return switch lookup.result {
    case .unicast: nil
    case .failed(.invalid(.blackhole)): 1
    case .failed(.hostUnreachable): lookup.consultations.isEmpty ? 5 : 2
    case .failed(.prohibited): 3
    case .failed, .local, .broadcast, .multicast: 4
    }
  }

  /// The trace point that this step passes; `nil` for most steps.
  private func observationPoint(in datapath: Datapath) -> FlowEvent.ObservationPoint? {
    let settings = datapath.settings
    switch (kind, hook, evidence) {
    case (.tunnelDecision, _, .tunnel(let decision)):
      if case .encapsulate = decision.answer { return .toOverlay }
      let isLeftToKernel = hook == .fromContainer && settings.endpointRoutes && !settings.bpfHostRouting
      return isLeftToKernel ? .toStack : nil
    case (.endpointLookup, .fromContainer, .endpoint(let lookup)):
      return settings.endpointRoutes && lookup.answer?.kind == .host ? .toStack : nil
    case (.forward, .fromContainer, .hopLimit):
      let isForHost = datapath.endpoint(at: before.innerIP?.destination ?? .any)?.kind == .host
      return settings.bpfHostRouting && !isForHost ? .toNetwork : .toStack
    case (.reverseTranslation, .toNetdev, .reverse): return .toNetwork
    case (.localDelivery, .policyProgram, .delivery), (.localDelivery, .toContainer, .delivery):
      return .toEndpoint
    default: return nil
    }
  }

  /// The packet is seen as the step found it, but for one that `cil_to_netdev` gives its frontend's name.
  private func event(
    _ kind: FlowEvent.Kind, _ direction: FlowEvent.Direction, on node: NodeID, in datapath: Datapath
  ) -> FlowEvent {
    let packet = hook == .toNetdev ? after : before
    let ip = packet.innerIP
    return FlowEvent(
      node: node, kind: kind,
      source: end(ip?.source ?? .any, packet.ports?.source, in: datapath),
      destination: end(ip?.destination ?? .any, packet.ports?.destination, in: datapath),
      direction: direction, summary: packet.flowSummary)
  }

  private func socketEvent(
    _ point: FlowEvent.SocketPoint, _ packet: Packet, on node: NodeID, in datapath: Datapath
  ) -> FlowEvent {
    let source = datapath.sourceAddress(of: stack)
    return FlowEvent(
      node: node, kind: .socket(point), source: end(source, nil, in: datapath),
      destination: end(packet.innerIP?.destination ?? .any, packet.ports?.destination, in: datapath),
      direction: .unknown, summary: .socket(packet.transport ?? .tcp))
  }

  private func end(_ address: IPv4Address, _ port: UInt16?, in datapath: Datapath) -> FlowEvent.End {
    let identity = IdentityLookup(of: address, as: .source, in: datapath.ipcache).identity
    return FlowEvent.End(address: address, port: port, identity: identity)
  }
}

extension PolicyVerdict {
  /// What is told of the verdict; a denial does not say which way it went.
  ///
  /// Source: Cilium `bpf/lib/policy_log.h`.
  fileprivate var event: (kind: FlowEvent.Kind, direction: FlowEvent.Direction)? {
    guard let lookup else { return nil }
    func kind(_ action: FlowEvent.PolicyAction) -> FlowEvent.Kind {
      .policyVerdict(lookup.matchType, direction, action)
    }
    return switch decision {
    case .allowed: (kind(.allowed), .forward)
    case .audited: (kind(.audited), .forward)
    case .denied, .deniedByDenylist: (kind(.denied), .unknown)
    case .notEnforced, .replyPasses, .undecided: nil
    }
  }
}

extension Datapath {
  fileprivate func sourceAddress(of stack: StackID) -> IPv4Address {
    guard case .pod(let pod) = stack else { return nodeAddress }
    for endpoint in endpoints {
      if case .pod(let found) = endpoint.kind, found.pod == pod { return endpoint.address }
    }
    return .any
  }
}

extension Packet {
  fileprivate var flowSummary: FlowEvent.Summary {
    switch headers.last {
    case .tcp(let header): .tcp(header.flags)
    case .icmp(let header): .icmp(header.message)
    default: .udp
    }
  }
}
