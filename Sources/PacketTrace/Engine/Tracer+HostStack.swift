import ControlPlane
import NetModel

extension Tracer {
  /// The host's kernel routes a packet that came in by `device`.
  ///
  /// Source: Linux `net/ipv4/route.c`, `ip_route_input_slow`; `net/ipv4/ip_forward.c`.
  mutating func stackInput(_ device: String) -> Stage? {
    guard let stack = hostStack else { return nil }
    journey.place = .host(journey.node)
    if journey.returnsTo(journey.node, device: device) {
      return refuse(.loop, .forwardingLoop, .routeInput, on: device, by: .loopDetection)
    }
    guard !isForKubeProxy else {
      return journey.end(.undecided, .notModelled, .preRouting, on: device, by: .limitOfTheModel)
    }
    reverseNetfilter(on: device)
    let destination = journey.packet.outerIP?.destination ?? .any
    let lookup = follow(stack.lookup(journey.packet.query(arrivingBy: device)))
    journey.record(.routeLookup, .routeInput, on: device, .route(lookup), by: .routeInput)
    switch lookup.result {
    case .local: return journey.packet.isEncapsulated ? unwrap() : .accept
    case .unicast(let selection): return forward(from: device, by: selection, to: destination)
    case .broadcast, .multicast:
      return journey.end(.undecided, .notModelled, .routeInput, on: device, by: .limitOfTheModel)
    case .failed(let error): return endWithout(route: error, lookup, .routeInput)
    }
  }

  private mutating func forward(
    from device: String, by selection: RouteLookup.Selection, to destination: IPv4Address
  ) -> Stage? {
    let before = journey.packet.outerIP?.ttl ?? 0
    guard before > 1 else {
      return refuse(.dropped, .ttlExceeded, .forward, on: device, by: .kernelTTLExceeded)
    }
    let hopLimit = HopLimit(before: before, after: before - 1)
    journey.record(.forward, .forward, on: device, .hopLimit(hopLimit), by: .kernelForward) { packet in
      packet.outerIP?.ttl = before - 1
    }
    if case .refused(let end) = fit(into: limit(of: selection), .forward, on: device, isForwarding: true) {
      return end
    }
    let nextHop = selection.nextHop(to: destination)
    if selection.wouldRedirect { redirectSender(to: nextHop, arrivingBy: device) }
    postRoute(by: selection.interface, to: nextHop)
    return leaveHost(by: selection.interface, to: nextHop)
  }

  /// The largest IP packet by a route: the device's, where the route sets none.
  func limit(of selection: RouteLookup.Selection) -> Int {
    let stack = snapshot.stack(journey.place)
    return selection.route?.mtu ?? stack?.interface(named: selection.interface)?.mtu ?? 1500
  }

  /// `cil_from_host`: the kernel has sent a packet by `cilium_host`.
  ///
  /// Source: Cilium `bpf/bpf_host.c`.
  mutating func fromHost() -> Stage? {
    guard let datapath, let ip = journey.packet.innerIP else { return nil }
    let device = HostDevice.name
    let identity = lookUpIdentity(ip.destination, .destination, .fromHost, on: device, in: datapath)
    let isOwn = datapath.endpoint(at: ip.source)?.kind == .host
    if isOwn { journey.sourceIdentity = .host }
    switch lookUpEndpoint(ip.destination, .fromHost, on: device, in: datapath)?.kind {
    case .pod(let target): return .deliver(target, isFromHost: true)
    case .host: return .stackInput(HostDevice.peer)
    case nil: return leaveByHostDevice(identity, isOwn: isOwn, in: datapath)
    }
  }

  private mutating func leaveByHostDevice(
    _ identity: IdentityLookup, isOwn: Bool, in datapath: Datapath
  ) -> Stage? {
    let key = isOwn ? SecurityIdentity.remoteNode : journey.sourceIdentity
    let decision = TunnelDecision(settings: datapath.settings, entry: identity.winner, vni: key)
    let rule: Rule = datapath.settings.tunnel == nil ? .nativeHasNoTunnel : .tunnelFromIPCache
    journey.record(.tunnelDecision, .fromHost, on: HostDevice.name, .tunnel(decision), by: rule)
    if case .encapsulate = decision.answer { return .encapsulate(decision.answer) }
    guard identity.identity != .world else {
      return journey.end(
        .dropped, .staleOrUnroutable, .fromHost, on: HostDevice.name, code: DropCode.staleOrUnroutable,
        by: .staleAddress)
    }
    return .stackInput(HostDevice.peer)
  }
}

/// The veth pair that the agent makes for the host's own traffic.
///
/// Source: Cilium `pkg/defaults/node.go`.
enum HostDevice {
  static let name = "cilium_host"
  static let peer = "cilium_net"
}
