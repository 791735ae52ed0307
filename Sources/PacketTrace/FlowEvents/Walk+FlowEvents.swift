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
    return steps.flatMap { step in
      step.flowEvents(on: node, in: datapath, isReply: isReply)
    }
  }
}

extension Step {
  fileprivate func flowEvents(on node: NodeID, in datapath: Datapath, isReply: Bool) -> [FlowEvent] {
    switch (kind, evidence) {
    case (.socketTranslation, .service):
      return [socketEvent(.beforeForward, before, on: node, in: datapath)]
        + (before == after ? [] : [socketEvent(.afterForward, after, on: node, in: datapath)])
    case (.policyVerdict, .policy(let verdict)):
      return policyEvent(verdict, on: node, in: datapath).map { [$0] } ?? []
    case (.drop, .ending(let reason)):
      guard let code = DropCode.code(of: reason, at: hook) else { return [] }
      return [event(.dropped(reason, code: code), .unknown, on: node, in: datapath)]
    default:
      guard let point = observationPoint(in: datapath) else { return [] }
      return [event(.trace(point), isReply ? .reply : .forward, on: node, in: datapath)]
    }
  }

  /// The trace point that this step passes; `nil` for most steps.
  private func observationPoint(in datapath: Datapath) -> FlowEvent.ObservationPoint? {
    let settings = datapath.settings
    switch (kind, hook, evidence) {
    case (.routeLookup, .fromContainer, .route(let lookup)): return lookup.selection == nil ? nil : .toNetwork
    case (.routeLookup, .redirectNeighbor, .route): return datapath.hasPod(at: device) ? .toNetwork : nil
    case (.tunnelDecision, _, .tunnel(let decision)):
      if case .encapsulate = decision.answer { return .toOverlay }
      let isLeftToKernel = hook == .fromContainer && settings.endpointRoutes && !settings.bpfHostRouting
      return isLeftToKernel ? .toStack : nil
    case (.endpointLookup, .fromContainer, .endpoint(let lookup)):
      return settings.bpfHostRouting && lookup.answer?.kind == .host ? .toStack : nil
    case (.forward, .fromContainer, .hopLimit): return settings.bpfHostRouting ? nil : .toStack
    case (.localDelivery, .policyProgram, .delivery), (.localDelivery, .toContainer, .delivery):
      return .toEndpoint
    default: return nil
    }
  }

  /// Source: Cilium `bpf/lib/policy_log.h`; a denial does not say which way it went.
  private func policyEvent(_ verdict: PolicyVerdict, on node: NodeID, in datapath: Datapath) -> FlowEvent? {
    guard let lookup = verdict.lookup else { return nil }
    func event(isAllowed: Bool) -> FlowEvent {
      self.event(
        .policyVerdict(lookup.matchType, verdict.direction, isAllowed: isAllowed),
        isAllowed ? .forward : .unknown, on: node, in: datapath)
    }
    switch verdict.decision {
    case .allowed: return event(isAllowed: true)
    case .denied, .deniedByDenylist: return event(isAllowed: false)
    case .notEnforced, .replyPasses, .undecided: return nil
    }
  }

  private func event(
    _ kind: FlowEvent.Kind, _ direction: FlowEvent.Direction, on node: NodeID, in datapath: Datapath
  ) -> FlowEvent {
    let ip = before.innerIP
    return FlowEvent(
      node: node, kind: kind,
      source: end(ip?.source ?? .any, before.ports?.source, in: datapath),
      destination: end(ip?.destination ?? .any, before.ports?.destination, in: datapath),
      direction: direction, summary: before.flowSummary)
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

extension Datapath {
  /// The device is the host side of a pod's veth.
  fileprivate func hasPod(at device: String?) -> Bool {
    endpoints.contains {
      if case .pod(let endpoint) = $0.kind { endpoint.interface == device } else { false }
    }
  }

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
