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
    if case .elsewhere(let stage) = balanceFromOutside(.fromNetdev, on: device, in: datapath) { return stage }
    noteDirectReturn(on: device, .fromNetdev)
    reverseMasquerade(on: device)
    return enterNode(device, in: datapath)
  }

  /// Without BPF host routing everything is left to the stack.
  private mutating func enterNode(_ device: String, in datapath: Datapath) -> Stage? {
    guard let ip = journey.packet.innerIP else { return nil }
    lookUpIdentity(ip.source, .source, .fromNetdev, on: device, in: datapath)
    guard datapath.settings.bpfHostRouting else { return .stackInput(device) }
    switch lookUpEndpoint(ip.destination, .fromNetdev, on: device, in: datapath)?.kind {
    case .pod(let target): return .deliver(target, isFromHost: false)
    case .host, nil: return .stackInput(device)
    }
  }

  private mutating func reverseMasquerade(on device: String) {
    if reverseSourceTranslation(.masquerade, .fromNetdev, on: device, by: .masqueradeReverse) {
      journey.isTranslated = true
    }
  }

  /// Undoes the source translation that this node made, by `table`, on the packet that is being answered; false where it
  /// made none.
  mutating func reverseSourceTranslation(
    _ table: ReverseTranslation.Table, _ hook: Step.Hook, on device: String, by rule: Rule
  ) -> Bool {
    guard journey.isReply, let ip = journey.packet.innerIP else { return false }
    let port = journey.packet.ports?.destination
    let entry = journey.connection.masquerades.last {
      $0.node == journey.node && $0.isNetfilters == (table == .netfilter)
        && $0.translated.address == ip.destination && (port == nil || $0.translated.port == port)
    }
    guard let entry else { return false }
    let translation = ReverseTranslation(table: table, from: entry.translated, to: entry.original)
    journey.record(.reverseTranslation, hook, on: device, .reverse(translation), by: rule) { packet in
      packet.setInnerDestination(entry.original)
      packet.setQuotedSource(entry.original)
    }
    return true
  }

  /// A packet leaves by a device of the underlay: the next hop's MAC is known before `cil_to_netdev` runs.
  mutating func output(by device: String, to nextHop: IPv4Address) -> Stage? {
    guard let stack = hostStack, let interface = stack.interface(named: device) else { return nil }
    guard resolve(nextHop, on: device, in: stack, .neighborResolve) else { return nil }
    if let datapath, datapath.devices.contains(device), datapath.settings.kubeProxyReplacement,
      case .elsewhere(let stage) = toNetdev(interface, in: datapath)
    {
      return stage
    }
    return transmit(by: interface)
  }

  /// `cil_to_netdev`: whom does the other end take the sender for?
  ///
  /// A packet that BPF has translated on its way in is left alone. Beside kube-proxy the program is not there.
  ///
  /// Source: Cilium `bpf/bpf_host.c`, `bpf/lib/nodeport_egress.h`.
  private mutating func toNetdev(_ interface: Interface, in datapath: Datapath) -> ExternalService {
    guard let ip = journey.packet.outerIP else { return .none }
    guard !journey.packet.isEncapsulated else {
      noteEncapsulated(.toNetdev, on: interface.name, source: ip.source, destination: ip.destination)
      return .none
    }
    guard !journey.isTranslated else { return .none }
    switch reverseLocalBackend(on: interface, in: datapath) {
    case .none: masquerade(on: interface, in: datapath)
    case .local: break
    case .elsewhere(let stage): return .elsewhere(stage)
    }
    return .none
  }

  /// What goes through a tunnel keeps its source; a port of the node's own address is reserved.
  mutating func noteEncapsulated(
    _ hook: Step.Hook, on device: String, source: IPv4Address, destination: IPv4Address
  ) {
    let isNode =
      hook == .toOverlay && source == datapath?.routerAddress && journey.packet.ports != nil
    let decision = MasqueradeDecision(
      answer: isNode ? .sourceIsNode : .encapsulated, source: source, destination: destination)
    journey.record(.masquerade, hook, on: device, .masquerade(decision), by: .masquerade)
  }

  /// Does the source address become the node's own?
  private mutating func masquerade(on interface: Interface, in datapath: Datapath) {
    guard let ip = journey.packet.innerIP else { return }
    let answer = masqueradeAnswer(for: ip, on: interface, in: datapath)
    let decision = MasqueradeDecision(answer: answer, source: ip.source, destination: ip.destination)
    let original = Flow.Backend(address: ip.source, port: journey.packet.ports?.source ?? 0)
    guard case .translate(let address) = answer else {
      journey.record(.masquerade, .toNetdev, on: interface.name, .masquerade(decision), by: .masquerade)
      return
    }
    let port = journey.packet.ports == nil ? 0 : translatedPort(original.port)
    let translated = Flow.Backend(address: address, port: port)
    journey.record(
      .masquerade, .toNetdev, on: interface.name, .masquerade(decision), by: .masquerade
    ) { $0.setInnerSource(translated) }
    journey.connection.masquerades.append(
      Connection.Masquerade(node: journey.node, original: original, translated: translated))
  }

  /// The source port of a translated packet: kept above the range of node ports, else another there.
  ///
  /// The real choice is random; the port's own place in the range stands for it.
  ///
  /// Source: Cilium `bpf/lib/nat.h`, `NODEPORT_PORT_MIN_NAT`.
  func translatedPort(_ port: UInt16) -> UInt16 { port >= 32768 ? port : 32768 + port }

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
    if peer.isRemoteNode, datapath.settings.tunnel == nil { return .destinationIsRemoteNode }
    return .translate(to: own)
  }
}
