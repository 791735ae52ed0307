import ControlPlane
import NetModel

extension Tracer {
  /// The kernel's tunnel driver wraps the packet and routes the result by its outer header.
  ///
  /// Source: Linux `drivers/net/vxlan/vxlan_core.c`, `drivers/net/geneve.c`; Cilium `bpf/lib/encap.h`.
  mutating func encapsulate(_ answer: TunnelDecision.Answer) -> Stage? {
    guard case .encapsulate(let remote, let vni, let tunnel) = answer, let stack = hostStack, let datapath
    else { return nil }
    let hook: Step.Hook = tunnel == .vxlan ? .vxlanTransmit : .geneveTransmit
    let port = datapath.settings.tunnelPort ?? tunnel.defaultPort
    guard !hasEncapsulated else {
      return journey.end(.loop, .forwardingLoop, hook, on: tunnel.deviceName, by: .tunnelInItself)
    }
    if datapath.settings.kubeProxyReplacement, !journey.isTranslated {
      noteEncapsulated(
        .toOverlay, on: tunnel.deviceName, source: journey.source, destination: journey.destination)
    }
    let lookup = follow(
      stack.lookup(RouteQuery(destination: remote, ipProtocol: 17, destinationPort: port)))
    journey.record(.routeLookup, hook, on: tunnel.deviceName, .route(lookup), by: .outerRoute)
    guard case .unicast(let selection) = lookup.result, let source = selection.preferredSource else {
      if case .failed(let error) = lookup.result { return endWithout(route: error, lookup, hook) }
      return journey.end(.dropped, .noRoute, hook, on: tunnel.deviceName, by: .outerRoute)
    }
    wrap(from: source, to: remote, vni: vni, tunnel, port: port, hook)
    _ = fit(into: limit(of: selection), hook, on: selection.interface, isForwarding: false)
    return leaveHost(by: selection.interface, to: selection.nextHop(to: remote))
  }

  /// This machine has wrapped the packet already: the way to the tunnel's other end leads into the tunnel.
  private var hasEncapsulated: Bool {
    journey.hops.last?.steps.contains { $0.kind == .encapsulation } == true
  }

  private mutating func wrap(
    from source: IPv4Address, to remote: IPv4Address, vni: UInt32, _ tunnel: TunnelProtocol, port: UInt16,
    _ hook: Step.Hook
  ) {
    let sourcePort = outerSourcePort(tunnel)
    let decision = TunnelDecision(
      mode: .tunnel(tunnel), entry: nil, answer: .encapsulate(to: remote, vni: vni, protocol: tunnel))
    let option = tunnelOption
    journey.record(
      .encapsulation, hook, on: tunnel.deviceName, .tunnel(decision), by: .outerHeader
    ) { packet in
      let outer = IPv4Header(source: source, destination: remote, dontFragment: false)
      let udp = UDPHeader(sourcePort: sourcePort, destinationPort: port, hasChecksum: false)
      let key: Packet.Header =
        tunnel == .vxlan
        ? .vxlan(VXLANHeader(vni: vni)) : .geneve(GeneveHeader(vni: vni, serviceOption: option))
      if packet.ethernet == nil {
        packet = packet.framed(EthernetHeader(destination: .zero, source: .zero))
      }
      packet.headers.insert(contentsOf: [.ipv4(outer), .udp(udp), key], at: 0)
    }
  }

  /// A hash of the inner flow: the real one's formula depends on the kernel's boot.
  private func outerSourcePort(_ tunnel: TunnelProtocol) -> UInt16 {
    var hash = StableHash()
    let packet = journey.packet
    hash.combine(UInt64(packet.innerIP?.source.rawValue ?? 0))
    hash.combine(UInt64(packet.innerIP?.destination.rawValue ?? 0))
    hash.combine(UInt64(packet.ports?.source ?? 0) << 16 | UInt64(packet.ports?.destination ?? 0))
    switch tunnel {
    case .vxlan: return FirstPacket.ephemeralPort(hash.value)
    case .geneve: return UInt16(1 + hash.value % 65535)
    }
  }

  /// A packet in a tunnel has reached the node's own address: the driver that owns the port unwraps it.
  mutating func unwrap() -> Stage? {
    guard let stack = hostStack, let received = journey.packet.tunnelEnd else { return nil }
    let tunnel = received.protocol
    let expectedPort = datapath?.settings.tunnelPort ?? tunnel.defaultPort
    let hasDevice = stack.interfaces.contains { $0.attachment == .tunnel(tunnel) && $0.isUp }
    guard hasDevice, expectedPort == received.port else {
      return journey.end(.dropped, .noTunnelDevice, .udpReceive, by: .tunnelPortClosed)
    }
    let hook: Step.Hook = tunnel == .vxlan ? .vxlanReceive : .geneveReceive
    let listener = Listener(transport: .udp, port: received.port)
    journey.record(
      .decapsulation, hook, on: tunnel.deviceName, .acceptance(.listener(listener)),
      by: .decapsulationByPort
    ) { $0 = $0.decapsulated }
    journey.sourceIdentity = SecurityIdentity(received.vni)
    return .fromOverlay(tunnel.deviceName)
  }

  /// `cil_from_overlay`: the tunnel key is the sender's identity.
  ///
  /// Source: Cilium `bpf/bpf_overlay.c`.
  mutating func fromOverlay(_ device: String) -> Stage? {
    guard let datapath, let ip = journey.packet.innerIP else { return .stackInput(device) }
    journey.record(
      .identityLookup, .fromOverlay, on: device, .tunnelKey(journey.sourceIdentity),
      by: .identityFromTunnelKey)
    guard journey.sourceIdentity != .host else {
      return journey.end(
        .dropped, .invalidIdentity, .fromOverlay, on: device, code: DropCode.invalidIdentity,
        by: .identityFromTunnelKey)
    }
    if case .elsewhere(let stage) = returnFromBackend(on: device, .fromOverlay) { return stage }
    if case .elsewhere(let stage) = balanceFromOutside(.fromOverlay, on: device, in: datapath) {
      return stage
    }
    noteDirectReturn(on: device, .fromOverlay)
    if journey.sourceIdentity.isRemoteNode {
      lookUpIdentity(ip.source, .source, .fromOverlay, on: device, in: datapath)
    }
    switch lookUpEndpoint(journey.destination, .fromOverlay, on: device, in: datapath)?.kind {
    case .pod(let target): return .deliver(target, isFromHost: false)
    case .host, nil: return deliverToHost(from: device)
    }
  }

  /// What is for no pod of the node is for the node, and comes out of `cilium_host`.
  private mutating func deliverToHost(from device: String) -> Stage? {
    guard let stack = hostStack, let tunnel = stack.interface(named: device),
      let host = stack.interface(named: HostDevice.name)
    else { return .stackInput(device) }
    let frame = EthernetHeader(destination: host.mac, source: tunnel.mac)
    guard lowerTTLInBPF(.hostDelivery, .fromOverlay, on: device, rule: .hostDelivery, frame: frame) else {
      return endByTTLInBPF(.fromOverlay, on: device)
    }
    return .stackInput(HostDevice.name)
  }
}

extension Packet {
  /// The tunnel header that comes first and the port it was sent to; `nil` for other packets.
  fileprivate var tunnelEnd: (protocol: TunnelProtocol, port: UInt16, vni: UInt32)? {
    guard let index = tunnelIndex, index > 0, case .udp(let udp) = headers[index - 1], let vni else {
      return nil
    }
    if case .geneve = headers[index] { return (.geneve, udp.destinationPort, vni) }
    return (.vxlan, udp.destinationPort, vni)
  }
}
