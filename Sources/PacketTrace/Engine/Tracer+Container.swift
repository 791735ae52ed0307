import ControlPlane
import NetModel

extension Tracer {
  /// `cil_from_container`: a packet leaves a pod.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`, in its order.
  mutating func fromContainer(_ endpoint: LocalEndpoint.PodEndpoint) -> Stage? {
    guard let datapath, let ip = journey.packet.innerIP else { return nil }
    let hook = Step.Hook.fromContainer
    journey.sourceIdentity = endpoint.identity
    guard checkSource(ip.source, of: endpoint, in: datapath) else {
      return journey.end(
        .dropped, .invalidSource, hook, on: endpoint.interface, code: DropCode.invalidSource,
        by: .sourceVerification)
    }
    if case .refused(let end) = balancePerPacket(from: endpoint, in: datapath) { return end }
    let destination = journey.destination
    let identity = lookUpIdentity(destination, .destination, hook, on: endpoint.interface, in: datapath)
    trackConnection(hook, on: endpoint.interface)
    guard isHairpin || admits(.egress, of: endpoint, peer: identity.identity, hook) else { return nil }
    guard datapath.settings.bpfHostRouting || !datapath.settings.endpointRoutes || isHairpin else {
      return leaveNode(from: endpoint, identity: identity, in: datapath)
    }
    let target = isHairpin ? endpoint.address(in: datapath) : destination
    switch lookUpEndpoint(target, hook, on: endpoint.interface, in: datapath)?.kind {
    case .pod(let target): return .deliver(target, isFromHost: false)
    case .host: return passToStack(from: endpoint, by: .passToOwnHost)
    case nil: return leaveNode(from: endpoint, identity: identity, in: datapath)
    }
  }

  private mutating func checkSource(
    _ source: IPv4Address, of endpoint: LocalEndpoint.PodEndpoint, in datapath: Datapath
  ) -> Bool {
    let own = snapshot.placement(of: endpoint.pod)?.address ?? source
    journey.record(
      .sourceCheck, .fromContainer, on: endpoint.interface,
      .source(SourceCheck(source: source, expected: own)), by: .sourceVerification)
    return source == own
  }

  private mutating func leaveNode(
    from endpoint: LocalEndpoint.PodEndpoint, identity: IdentityLookup, in datapath: Datapath
  ) -> Stage? {
    let decision = TunnelDecision(
      settings: datapath.settings, entry: identity.winner, vni: endpoint.identity)
    let rule: Rule = datapath.settings.tunnel == nil ? .nativeHasNoTunnel : .tunnelFromIPCache
    journey.record(.tunnelDecision, .fromContainer, on: endpoint.interface, .tunnel(decision), by: rule)
    if case .encapsulate = decision.answer { return .encapsulate(decision.answer) }
    guard datapath.settings.bpfHostRouting else { return passToStack(from: endpoint, by: .passToStackLegacy) }
    return redirect(.fromContainer, from: endpoint.interface, lowersTTLBy: .bpfFIBRedirect)
  }

  /// With a route for each pod the programs leave routing, and the TTL, to the kernel.
  private mutating func passToStack(from endpoint: LocalEndpoint.PodEndpoint, by rule: Rule) -> Stage? {
    if datapath?.settings.endpointRoutes == true { return .stackInput(endpoint.interface) }
    guard lowerTTLInBPF(.forward, .fromContainer, on: endpoint.interface, rule: rule) else {
      return endByTTLInBPF(.fromContainer, on: endpoint.interface)
    }
    return .stackInput(endpoint.interface)
  }

  /// `fib_redirect`: BPF sends the packet past the kernel's stack, where the kernel's tables say or, where it watches
  /// one device alone, by that.
  ///
  /// - Parameter rule: by which the TTL is lowered; `nil` where that was done before.
  ///
  /// Source: Cilium `bpf/lib/fib.h`, `ENABLE_SKIP_FIB`.
  mutating func redirect(_ hook: Step.Hook, from device: String, lowersTTLBy rule: Rule? = nil) -> Stage? {
    let skipsFIB = datapath?.skipsFIB(at: hook) == true
    var selection: RouteLookup.Selection?
    if !skipsFIB {
      selection = askFIB(hook, from: device)
      guard selection != nil else { return nil }
    }
    if let rule, !lowerTTLInBPF(.forward, hook, on: device, rule: rule) {
      return endByTTLInBPF(hook, on: device)
    }
    if skipsFIB { selection = askOnlyDevice(from: device) }
    return selection.flatMap { leaveHost(by: $0.interface, to: $0.nextHop(to: journey.destination)) }
  }

  /// `bpf_redirect_neigh`: the kernel looks for the next hop on the direct-routing device alone; `nil` where it finds
  /// none, and then the packet is lost.
  ///
  /// Source: Linux `net/core/filter.c`, `__bpf_redirect_neigh_v4`.
  private mutating func askOnlyDevice(from device: String) -> RouteLookup.Selection? {
    guard let stack = hostStack, let datapath else { return nil }
    var query = journey.packet.query(arrivingBy: nil)
    query.source = nil
    query.outputInterface = datapath.directRoutingDevice
    let lookup = follow(stack.lookup(query))
    journey.record(.routeLookup, .redirectNeighbor, on: device, .route(lookup), by: .onlyDeviceRedirect)
    if case .unicast(let selection) = lookup.result { return selection }
    let error: RouteError = if case .failed(let error) = lookup.result { error } else { .networkUnreachable }
    _ = endWithout(route: error, lookup, .redirectNeighbor)
    return nil
  }

  /// The way that the kernel's tables know for the packet; `nil` where there is none, and then it is dropped.
  ///
  /// - Parameter source: from whom the packet will be; `nil` for the address that it bears.
  mutating func askFIB(
    _ hook: Step.Hook, from device: String, source: IPv4Address? = nil
  ) -> RouteLookup.Selection? {
    guard let stack = hostStack else { return nil }
    var query = journey.packet.query(arrivingBy: device)
    if let source { query.source = source }
    let lookup = follow(stack.fibLookup(query))
    journey.record(.routeLookup, hook, on: device, .route(lookup), by: .bpfFIBRedirect)
    guard case .unicast(let selection) = lookup.result else {
      _ = journey.end(
        .dropped, .fibLookupFailed, hook, on: device, code: DropCode.fibLookupFailed, by: .fibLookupFailure)
      return nil
    }
    return selection
  }

  /// BPF drops what has no TTL left and tells nobody.
  mutating func endByTTLInBPF(_ hook: Step.Hook, on device: String?) -> Stage? {
    journey.end(.dropped, .ttlExceeded, hook, on: device, code: DropCode.ttlExceeded, by: .bpfTTLExceeded)
  }

  @discardableResult
  mutating func lookUpIdentity(
    _ address: IPv4Address, _ subject: IdentityLookup.Subject, _ hook: Step.Hook, on device: String,
    in datapath: Datapath
  ) -> IdentityLookup {
    let lookup = IdentityLookup(of: address, as: subject, in: datapath.ipcache)
    let rule: Rule = subject == .source ? .sourceIdentity : .destinationIdentity
    journey.record(.identityLookup, hook, on: device, .identity(lookup), by: rule)
    if subject == .source { journey.sourceIdentity = lookup.identity }
    return lookup
  }

  mutating func trackConnection(_ hook: Step.Hook, on device: String) {
    let state: ConntrackState = journey.isReply ? journey.packet.isICMPError ? .related : .reply : .new
    journey.record(.conntrackLookup, hook, on: device, .conntrack(state), by: .connectionTracking)
  }

  mutating func lookUpEndpoint(
    _ address: IPv4Address, _ hook: Step.Hook, on device: String, in datapath: Datapath
  ) -> LocalEndpoint? {
    let lookup = EndpointLookup(of: address, in: datapath.endpoints)
    journey.record(.endpointLookup, hook, on: device, .endpoint(lookup), by: .localEndpoint)
    return lookup.answer
  }
}

extension Datapath {
  /// A program sends by the one device that there is without asking the kernel's tables.
  ///
  /// Source: Cilium `pkg/datapath/linux/config/config.go`, `ENABLE_SKIP_FIB`.
  func skipsFIB(at hook: Step.Hook) -> Bool {
    guard settings.bpfHostRouting, devices.count == 1 else { return false }
    switch hook {
    case .fromContainer: return !settings.endpointRoutes
    case .fromNetdev, .toNetdev: return true
    default: return false
    }
  }
}

extension LocalEndpoint.PodEndpoint {
  /// The endpoint's address on its node.
  fileprivate func address(in datapath: Datapath) -> IPv4Address {
    datapath.endpoints.first { $0.kind == .pod(self) }?.address ?? .any
  }
}

extension IdentityLookup {
  /// The longest prefix of `entries` that contains `address`; none gives world.
  ///
  /// Source: Cilium `bpf/lib/eps.h`, `lookup_ip4_remote_endpoint`.
  package init(of address: IPv4Address, as subject: Subject, in entries: [IPCacheEntry]) {
    let matches = entries.filter { $0.prefix.contains(address) }
      .sorted { $0.prefix.length > $1.prefix.length }
    let nearest = entries.filter { !$0.prefix.contains(address) }
      .max { $0.prefix.sharedBits(with: address) < $1.prefix.sharedBits(with: address) }
    var candidates = matches.enumerated().map { index, entry in
      Candidate(
        entry: entry, why: index > 0 ? .shorterPrefix : matches.count == 1 ? .onlyMatch : .longestPrefix)
    }
    if let nearest { candidates.append(Candidate(entry: nearest, why: .wouldNotMatch)) }
    self.init(
      address: address, subject: subject, candidates: candidates,
      identity: matches.first?.identity ?? .world)
  }
}

extension EndpointLookup {
  init(of address: IPv4Address, in endpoints: [LocalEndpoint]) {
    let answer = endpoints.first { $0.address == address }
    let nearest = endpoints.filter { $0.address != address }
      .max {
        IPv4Prefix.host($0.address).sharedBits(with: address)
          < IPv4Prefix.host($1.address).sharedBits(with: address)
      }
    self.init(address: address, entries: [answer, nearest].compactMap(\.self), answer: answer)
  }
}

extension TunnelDecision {
  /// What a program compiled with `settings` does with a packet for `entry`.
  ///
  /// Source: Cilium `bpf/lib/encap.h`.
  init(settings: CiliumSettings, entry: IPCacheEntry?, vni: SecurityIdentity) {
    self.init(mode: settings.routing, tunnel: settings.tunnel, entry: entry, vni: vni)
  }

  /// What a program makes of a packet for `entry` that would take `tunnel`.
  init(
    mode: CiliumSettings.RoutingMode, tunnel: TunnelProtocol?, entry: IPCacheEntry?, vni: SecurityIdentity
  ) {
    let answer: Answer =
      switch (tunnel, entry?.tunnelEndpoint) {
      case (nil, _): .nativeMode
      case (_, nil): .noTunnelEndpoint
      case (_?, _?) where entry?.skipsTunnel == true: .skipped
      case (let tunnel?, let remote?): .encapsulate(to: remote, vni: vni.number, protocol: tunnel)
      }
    self.init(mode: mode, entry: entry, answer: answer)
  }
}
