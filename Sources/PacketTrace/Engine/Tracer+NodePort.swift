import ControlPlane
import NetModel

/// What the load balancer does with a packet that came from outside.
enum ExternalService {
  /// No Service has that address and port.
  case none
  /// The packet now bears the address of a backend on this node.
  case local
  /// The packet goes on elsewhere, or has ended.
  case elsewhere(Stage?)
}

extension Tracer {
  /// Services as clients from outside see them, where Cilium is in kube-proxy's place.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `nodeport_lb4`, in its order.
  mutating func balanceFromOutside(
    _ hook: Step.Hook, on device: String, in datapath: Datapath
  ) -> ExternalService {
    guard !journey.isReply, datapath.settings.kubeProxyReplacement,
      let lookup = packetServiceLookup(in: datapath, isInside: false)
    else { return .none }
    journey.record(.serviceLookup, hook, on: device, .service(lookup), by: .externalServiceLookup)
    guard let entry = lookup.entry else { return .none }
    guard entry.admits(client: journey.source) else {
      return .elsewhere(
        journey.end(
          .dropped, .deniedBySourceRange, hook, on: device, code: DropCode.deniedBySourceRange,
          by: .sourceRanges))
    }
    guard entry.type != .clusterIP || datapath.settings.externalClusterIP else {
      return .elsewhere(
        journey.end(
          .dropped, .isClusterIP, hook, on: device, code: DropCode.isClusterIP, by: .clusterIPFromOutside))
    }
    guard case .backend(let backend, _, _) = lookup.answer else {
      return .elsewhere(endWithoutBackend(hook, on: device, in: datapath))
    }
    return balance(to: backend, lookup, hook, on: device, in: datapath)
  }

  /// The node tells the client that nobody is there, or says nothing.
  ///
  /// Source: Cilium `bpf/lib/lb.h`: port unreachable from the Service's address, by the device that the
  /// packet came in by.
  mutating func endWithoutBackend(_ hook: Step.Hook, on device: String, in datapath: Datapath) -> Stage? {
    switch datapath.settings.noBackendResponse {
    case .reject:
      let arrived = journey.packet
      journey.notice = FirstPacket.rejection(of: arrived)
      journey.noticeStart = .reflect(device, to: arrived.ethernet?.source ?? .broadcast)
      return journey.end(.dropped, .noServiceBackend, hook, on: device, by: .rejectWithoutBackend)
    case .drop:
      return journey.end(
        .dropped, .serviceBackendNotFound, hook, on: device, code: DropCode.serviceBackendNotFound,
        by: .dropWithoutBackend)
    }
  }

  /// BPF sends what it made itself back to the station that the packet came from.
  mutating func reflect(by device: String, to station: MACAddress) -> Stage? {
    guard case .host(let node) = journey.place,
      let interface = snapshot.stack(journey.place)?.interface(named: device)
    else { return nil }
    let hook: Step.Hook = interface.pod == nil ? .fromNetdev : .fromContainer
    journey.beginHop(on: node, arrival: nil)
    journey.record(.send, hook, on: device, .call(journey.place), by: .rejectWithoutBackend) {
      packet in
      packet = packet.framed(EthernetHeader(destination: station, source: interface.mac))
    }
    guard let pod = interface.pod else { return transmit(by: interface) }
    journey.record(
      .localDelivery, hook, on: device, .delivery(.redirect(InterfaceID(journey.place, device))),
      by: .rejectWithoutBackend)
    journey.place = .pod(pod)
    return .accept
  }

  private mutating func balance(
    to backend: ServiceBackend, _ lookup: ServiceLookup, _ hook: Step.Hook, on device: String,
    in datapath: Datapath
  ) -> ExternalService {
    let isLocal = datapath.endpoint(at: backend.address) != nil
    let isDirect = !isLocal && datapath.settings.answersDirectly(lookup.transport)
    let dispatch = isDirect ? datapath.settings.dsrDispatch : nil
    guard dispatch == nil || dispatch?.isModelled(in: datapath.settings) == true else {
      return .elsewhere(
        journey.end(.undecided, .notModelled, hook, on: device, by: .limitOfTheModel))
    }
    let client = Flow.Backend(
      address: journey.packet.innerIP?.source ?? .any, port: journey.packet.ports?.source ?? 0)
    let entry = Connection.LoadBalanced(
      node: journey.node, client: client,
      frontend: Flow.Backend(address: lookup.address, port: lookup.port),
      backend: Flow.Backend(address: backend.address, port: backend.port),
      substitute: isLocal || isDirect
        ? nil : substitute(for: client, askingAt: backend.address, in: datapath),
      dispatch: dispatch)
    journey.connection.loadBalanced.append(entry)
    translate(entry, hook, on: device)
    return isLocal ? .local : .elsewhere(forwardToBackend(entry, hook, on: device, in: datapath))
  }

  /// Who the remote backend takes the client for: the direct-routing device's address, where the way leads through
  /// a tunnel that of `cilium_host`.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `tail_nodeport_nat_egress_ipv4`.
  private func substitute(
    for client: Flow.Backend, askingAt backend: IPv4Address, in datapath: Datapath
  ) -> Flow.Backend {
    let entry = IdentityLookup(of: backend, as: .destination, in: datapath.ipcache).winner
    let decision = TunnelDecision(settings: datapath.settings, entry: entry, vni: .world)
    let address =
      if case .encapsulate = decision.answer { datapath.routerAddress } else {
        directRoutingAddress(of: datapath)
      }
    return Flow.Backend(address: address, port: translatedPort(client.port))
  }

  /// The first address of the direct-routing device.
  ///
  /// Source: Cilium `pkg/datapath/linux/config/config.go`, `IPV4_DIRECT_ROUTING`.
  private func directRoutingAddress(of datapath: Datapath) -> IPv4Address {
    let device = hostStack?.interface(named: datapath.directRoutingDevice)
    return device?.addresses.first?.local.address ?? datapath.nodeAddress
  }

  private mutating func translate(
    _ entry: Connection.LoadBalanced, _ hook: Step.Hook, on device: String
  ) {
    let translation = ServiceTranslation(
      frontend: entry.frontend, backend: entry.backend, client: entry.client, substitute: nil,
      dispatch: entry.dispatch)
    journey.record(
      .serviceTranslation, hook, on: device, .translation(translation),
      by: entry.dispatch == nil ? .nodePortTranslation : .directServerReturn
    ) { packet in
      packet.setInnerDestination(entry.backend)
      if entry.dispatch == .opt, packet.opensConnection { packet.innerIP?.serviceOption = entry.option }
    }
  }

  /// The node of a backend reads whom the client asked, and will answer in that name.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `nodeport_extract_dsr_v4`.
  mutating func noteDirectReturn(on device: String, _ hook: Step.Hook) {
    guard !journey.isReply, let entry = journey.connection.loadBalanced.last, let dispatch = entry.dispatch,
      entry.node != journey.node
    else { return }
    let told = DirectReturn(frontend: entry.frontend, client: entry.client, dispatch: dispatch)
    journey.record(.directReturn, hook, on: device, .directReturn(told), by: .directServerReturnNoted)
  }

  private mutating func forwardToBackend(
    _ entry: Connection.LoadBalanced, _ hook: Step.Hook, on device: String, in datapath: Datapath
  ) -> Stage? {
    if entry.dispatch == .opt {
      if case .refused(let end) = fitOption(on: device) { return end }
      return redirect(hook, from: device, lowersTTLBy: .nodePortForward)
    }
    // The Geneve header of direct server return is put on without the L3 helper.
    guard entry.dispatch == .geneve || lowerTTLInBPF(.forward, hook, on: device, rule: .nodePortForward)
    else { return endByTTLInBPF(hook, on: device) }
    let identity = lookUpIdentity(entry.backend.address, .destination, hook, on: device, in: datapath)
    standIn(for: entry, hook, on: device)
    let tunnel = entry.dispatch == .geneve ? TunnelProtocol.geneve : datapath.settings.tunnel
    let decision = TunnelDecision(
      mode: datapath.settings.routing, tunnel: tunnel, entry: identity.winner, vni: .world)
    journey.record(
      .tunnelDecision, hook, on: device, .tunnel(decision),
      by: entry.dispatch == .geneve
        ? .directServerReturn : tunnel == nil ? .nativeHasNoTunnel : .tunnelFromIPCache)
    if case .encapsulate = decision.answer { return .encapsulate(decision.answer) }
    return redirect(hook, from: device)
  }

  /// The node's own end takes the client's place, so that the answer comes back here.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `tail_nodeport_nat_egress_ipv4`: behind the L3 helper, before the tunnel.
  private mutating func standIn(
    for entry: Connection.LoadBalanced, _ hook: Step.Hook, on device: String
  ) {
    guard let substitute = entry.substitute else { return }
    journey.isTranslated = true
    let decision = MasqueradeDecision(
      answer: .standsInForClient(entry.client, substitute), source: entry.client.address,
      destination: entry.backend.address)
    journey.record(.masquerade, hook, on: device, .masquerade(decision), by: .nodePortTranslation) {
      $0.setInnerSource(substitute)
    }
  }

  /// A packet that the IP option makes too large for its way is dropped, and nobody is told.
  ///
  /// The client is told only where `pmtuDiscovery.enabled` is set, which is not modelled.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `dsr_is_too_big`, drop 136.
  private mutating func fitOption(on device: String) -> Passage {
    let limit = hostStack?.interface(named: device)?.mtu ?? 1500
    let length = journey.packet.ipLength
    guard journey.packet.innerIP?.serviceOption != nil, length > limit else { return .free }
    let check = SizeCheck(length: length, limit: limit, answer: .mayNotFragment)
    journey.record(.sizeCheck, .fromNetdev, on: device, .size(check), by: .directServerReturn)
    return .refused(
      journey.end(
        .dropped, .packetTooBig, .fromNetdev, on: device, code: DropCode.fragmentationNeeded,
        by: .directServerReturn))
  }

  /// What the tunnel's header tells the node of a backend; `nil` for all but a first packet that goes there.
  var tunnelOption: IPv4Header.ServiceOption? {
    guard !journey.isReply, journey.packet.opensConnection, let entry = journey.connection.loadBalanced.last,
      entry.dispatch == .geneve, entry.node == journey.node
    else { return nil }
    return entry.option
  }

  /// The answer of a remote backend comes back to the node that chose it; `nil` where it chose none.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `nodeport_rev_dnat_ingress_ipv4`.
  mutating func returnFromBackend(on device: String, _ hook: Step.Hook) -> ExternalService {
    guard journey.isReply,
      let entry = journey.connection.loadBalanced.last(where: { $0.node == journey.node }),
      let substitute = entry.substitute, journey.packet.innerIP?.destination == substitute.address
    else { return .none }
    journey.record(
      .reverseTranslation, hook, on: device,
      .reverse(ReverseTranslation(table: .masquerade, from: substitute, to: entry.client)),
      by: .masqueradeReverse
    ) { $0.setInnerDestination(entry.client) }
    reverseService(entry, on: device, hook)
    journey.isTranslated = true
    guard lowerTTLInBPF(.forward, hook, on: device, rule: .nodePortForward) else {
      return .elsewhere(endByTTLInBPF(hook, on: device))
    }
    return .elsewhere(redirect(hook, from: device))
  }

  /// The answer of a local backend, or of one that was asked directly, leaves the node: the client must see the
  /// address that it asked, and the way is looked up anew from that address.
  ///
  /// Source: Cilium `bpf/lib/nodeport_egress.h`, `nodeport_rev_dnat_fwd_ipv4`.
  mutating func reverseLocalBackend(on interface: Interface, in datapath: Datapath) -> ExternalService {
    guard journey.isReply, journey.packet.ports != nil, let entry = answeredHere,
      journey.source == entry.backend.address
    else { return .none }
    if !datapath.skipsFIB(at: .toNetdev), let other = redirect(answerOf: entry, from: interface) {
      return .elsewhere(other)
    }
    guard journey.outcome == nil else { return .elsewhere(nil) }
    reverseService(entry, on: interface.name, .toNetdev)
    return .local
  }

  /// What this node remembers of a backend that answers from here without a substitute for the client.
  private var answeredHere: Connection.LoadBalanced? {
    journey.connection.loadBalanced.last {
      $0.substitute == nil && ($0.dispatch != nil || $0.node == journey.node)
    }
  }

  /// Sends the answer to the device that leads to the client from the address that it asked; `nil` where it is
  /// there already, or has come to its end.
  private mutating func redirect(
    answerOf entry: Connection.LoadBalanced, from interface: Interface
  ) -> Stage? {
    guard
      let selection = askFIB(.toNetdev, from: interface.name, source: entry.frontend.address),
      selection.interface != interface.name
    else { return nil }
    return leaveHost(by: selection.interface, to: selection.nextHop(to: journey.destination))
  }

  private mutating func reverseService(
    _ entry: Connection.LoadBalanced, on device: String, _ hook: Step.Hook
  ) {
    journey.record(
      .reverseTranslation, hook, on: device,
      .reverse(ReverseTranslation(table: .service, from: entry.backend, to: entry.frontend)),
      by: entry.dispatch == nil ? .nodePortReverse : .directServerReply
    ) { $0.setInnerSource(entry.frontend) }
  }
}

extension Interface {
  /// The pod whose veth ends here; `nil` for other interfaces.
  fileprivate var pod: PodID? {
    if case .veth(let peer) = attachment, case .pod(let pod) = peer.stack { pod } else { nil }
  }
}

extension Connection.LoadBalanced {
  fileprivate var option: IPv4Header.ServiceOption {
    IPv4Header.ServiceOption(address: frontend.address, port: frontend.port)
  }
}

extension CiliumSettings.DSRDispatch {
  /// What agents refuse to start with is not modelled: IP in IP beside pods, an IP option in a tunnel.
  fileprivate func isModelled(in settings: CiliumSettings) -> Bool {
    switch self {
    case .opt: settings.tunnel == nil
    case .geneve: settings.tunnel != .vxlan
    case .ipip: false
    }
  }
}

extension Packet {
  /// Of TCP only a SYN carries the option; a datagram always does.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `dsr_set_opt4`.
  fileprivate var opensConnection: Bool { tcp.map { $0.flags.contains(.syn) } ?? true }
}
