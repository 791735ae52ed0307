import ControlPlane
import NetModel

extension Tracer {
  /// A frame came in by a device of the underlay: `cil_from_netdev` where Cilium watches it, else the kernel.
  ///
  /// Source: Cilium `bpf/bpf_host.c`, `bpf/lib/nodeport.h`.
  mutating func fromNetdev(_ device: String) -> Stage? {
    guard let datapath, datapath.devices.contains(device), let outer = journey.packet.outerIP else {
      return .stackInput(device)
    }
    if journey.packet.isEncapsulated, datapath.endpoint(at: outer.destination)?.kind == .host {
      _ = lookUpEndpoint(outer.destination, .fromNetdev, on: device, in: datapath)
      return .stackInput(device)
    }
    guard !journey.packet.isEncapsulated else { return .stackInput(device) }
    if case .elsewhere(let stage) = returnFromBackend(on: device, .fromNetdev) { return stage }
    if case .elsewhere(let stage) = balanceFromOutside(on: device, in: datapath) { return stage }
    noteDirectReturn(on: device, .fromNetdev)
    reverseMasquerade(on: device)
    return enterNode(device, in: datapath)
  }

  private mutating func enterNode(_ device: String, in datapath: Datapath) -> Stage? {
    guard let ip = journey.packet.innerIP else { return nil }
    lookUpIdentity(ip.source, .source, .fromNetdev, on: device, in: datapath)
    switch lookUpEndpoint(ip.destination, .fromNetdev, on: device, in: datapath)?.kind {
    case .pod(let target) where datapath.settings.bpfHostRouting: return .deliver(target, isFromHost: false)
    case .pod, .host, nil: return .stackInput(device)
    }
  }

  /// Undoes the source translation that this node made on the packet that is being answered.
  private mutating func reverseMasquerade(on device: String) {
    guard journey.isReply, let ip = journey.packet.innerIP else { return }
    let port = journey.packet.ports?.destination ?? 0
    let entry = journey.connection.masquerades.last {
      $0.node == journey.node && $0.translated.address == ip.destination
        && (journey.packet.ports == nil || $0.translated.port == port)
    }
    guard let entry else { return }
    let translation = ReverseTranslation(table: .masquerade, from: entry.translated, to: entry.original)
    journey.record(
      .reverseTranslation, .fromNetdev, on: device, .reverse(translation), by: .masqueradeReverse
    ) { $0.setInnerDestination(entry.original) }
  }

  /// A packet leaves by a device of the underlay.
  mutating func output(by device: String, to nextHop: IPv4Address) -> Stage? {
    guard let stack = hostStack, let interface = stack.interface(named: device) else { return nil }
    if !journey.packet.isEncapsulated, let datapath, datapath.devices.contains(device) {
      reverseLocalBackend(on: device)
      masquerade(on: interface, in: datapath)
    }
    guard resolve(nextHop, on: device, in: stack, .neighborResolve) else { return nil }
    return transmit(by: interface)
  }

  /// `cil_to_netdev`: does the source address become the node's own?
  private mutating func masquerade(on interface: Interface, in datapath: Datapath) {
    guard let ip = journey.packet.innerIP else { return }
    let answer = masqueradeAnswer(for: ip, on: interface, in: datapath)
    let decision = MasqueradeDecision(answer: answer, source: ip.source, destination: ip.destination)
    journey.record(
      .masquerade, .toNetdev, on: interface.name, .masquerade(decision), by: .masquerade
    ) { packet in
      if case .translate(let address) = answer { packet.innerIP?.source = address }
    }
    if case .translate(let address) = answer {
      let port = journey.packet.ports?.source ?? 0
      journey.connection.masquerades.append(
        Connection.Masquerade(
          node: journey.node, original: Flow.Backend(address: ip.source, port: port),
          translated: Flow.Backend(address: address, port: port)))
    }
  }

  /// The decision in Cilium's order; the first that holds counts.
  ///
  /// Source: Cilium `bpf/lib/nat.h`, `snat_v4_needs_masquerade`.
  private func masqueradeAnswer(
    for ip: IPv4Header, on interface: Interface, in datapath: Datapath
  ) -> MasqueradeDecision.Answer {
    guard datapath.settings.bpfMasquerade, datapath.settings.enableIPv4Masquerade,
      let own = interface.addresses.first?.local.address
    else { return .disabled }
    if ip.source == own { return .sourceIsNode }
    if journey.isReply { return .reply }
    let excluded = datapath.settings.ipv4NativeRoutingCIDR.map { [$0] } ?? datapath.podCIDRs
    if let prefix = excluded.first(where: { $0.contains(ip.destination) }) {
      return .insideNativeCIDR(prefix)
    }
    switch datapath.endpoint(at: ip.source)?.kind {
    case .host: return .sourceIsHost
    case nil: return .notALocalPod
    case .pod: break
    }
    let peer = IdentityLookup(of: ip.destination, as: .destination, in: datapath.ipcache).identity
    let isNode = peer == .remoteNode || peer == .kubeAPIServer
    if isNode, datapath.settings.tunnel == nil { return .destinationIsRemoteNode }
    return .translate(to: own)
  }
}
