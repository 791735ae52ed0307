import ControlPlane
import NetModel

/// What the agent's rules in the kernel's netfilter do where BPF does not masquerade.
///
/// Source: Cilium `pkg/datapath/iptables/iptables.go`.
extension Tracer {
  /// The chain `CILIUM_POST_nat`: the first packet of a connection is translated; answers follow the kernel's table.
  mutating func postRoute(by device: String, to nextHop: IPv4Address) {
    guard let datapath, datapath.settings.enableIPv4Masquerade, !datapath.settings.bpfMasquerade,
      !journey.isReply, !journey.packet.isEncapsulated, let ip = journey.packet.innerIP
    else { return }
    let answer = netfilterAnswer(for: ip, by: device, to: nextHop, in: datapath)
    let decision = MasqueradeDecision(answer: answer, source: ip.source, destination: ip.destination)
    journey.record(
      .masquerade, .postRouting, on: device, .masquerade(decision), by: .netfilterMasquerade
    ) { packet in
      if case .translate(let address) = answer { packet.innerIP?.source = address }
    }
    guard case .translate(let address) = answer else { return }
    let port = journey.packet.ports?.source ?? 0
    journey.connection.masquerades.append(
      Connection.Masquerade(
        node: journey.node, isNetfilters: true, original: Flow.Backend(address: ip.source, port: port),
        translated: Flow.Backend(address: address, port: port)))
  }

  private func netfilterAnswer(
    for ip: IPv4Header, by device: String, to nextHop: IPv4Address, in datapath: Datapath
  ) -> MasqueradeDecision.Answer {
    guard let podCIDR = datapath.podCIDRs.first else { return .disabled }
    let isTunnelled = datapath.settings.tunnel != nil
    guard podCIDR.contains(ip.source) else {
      let needsRouter =
        isTunnelled && device == HostDevice.name && !podCIDR.contains(ip.destination)
      return needsRouter ? .translate(to: datapath.routerAddress) : .notALocalPod
    }
    guard !device.hasPrefix("cilium_") else { return .encapsulated }
    let excluded = datapath.settings.ipv4NativeRoutingCIDR ?? podCIDR
    if excluded.contains(ip.destination) { return .insideNativeCIDR(excluded) }
    let peer = IdentityLookup(of: ip.destination, as: .destination, in: datapath.ipcache).identity
    if !isTunnelled, peer.isRemoteNode { return .destinationIsRemoteNode }
    return hostStack?.interface(named: device)?.address(towards: nextHop).map { .translate(to: $0) }
      ?? .disabled
  }

  /// The kernel knows the connection that the packet answers, and gives it its former destination.
  ///
  /// Source: Linux `net/netfilter/nf_nat_proto.c`, `nf_nat_ipv4_in`.
  mutating func reverseNetfilter(on device: String) {
    guard !journey.packet.isEncapsulated else { return }
    _ = reverseSourceTranslation(.netfilter, .preRouting, on: device, by: .netfilterMasquerade)
  }

  /// kube-proxy serves what Cilium leaves to it, and its rules are not modelled.
  var isForKubeProxy: Bool {
    guard case .host = journey.place, let datapath, !datapath.settings.kubeProxyReplacement, !journey.isReply,
      !journey.packet.isEncapsulated, let transport = journey.packet.transport,
      let port = journey.packet.ports?.destination
    else { return false }
    let frontend = Frontend(address: journey.destination, port: port, transport: transport)
    return datapath.services.contains { $0.frontend == frontend }
      || datapath.standsForNodePorts(journey.destination, port: port, askedBy: journey.place)
        && hostStack?.interface(bearing: journey.destination) != nil
  }
}

extension Interface {
  /// The address that the kernel takes for a neighbor: one of its subnet, else the first.
  ///
  /// Source: Linux `net/ipv4/devinet.c`, `inet_select_addr`.
  fileprivate func address(towards nextHop: IPv4Address) -> IPv4Address? {
    let near = addresses.first { $0.local.prefix.contains(nextHop) }
    return (near ?? addresses.first)?.local.address
  }
}
