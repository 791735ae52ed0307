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
  /// Services as clients from outside see them.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `nodeport_lb4`, in its order.
  mutating func balanceFromOutside(on device: String, in datapath: Datapath) -> ExternalService {
    guard !journey.isReply, let lookup = packetServiceLookup(in: datapath, isInside: false) else {
      return .none
    }
    journey.record(.serviceLookup, .fromNetdev, on: device, .service(lookup), by: .externalServiceLookup)
    switch lookup.answer {
    case .miss: return .none
    case .backend(_, _, let entry) where entry.type == .clusterIP,
      .noBackend(let entry) where entry.type == .clusterIP:
      return .elsewhere(
        journey.end(
          .dropped, .isClusterIP, .fromNetdev, on: device, code: DropCode.isClusterIP,
          by: .clusterIPFromOutside))
    case .backend(_, _, let entry) where !entry.admits(client: journey.source),
      .noBackend(let entry) where !entry.admits(client: journey.source):
      return .elsewhere(
        journey.end(
          .dropped, .deniedBySourceRange, .fromNetdev, on: device, code: DropCode.deniedBySourceRange,
          by: .sourceRanges))
    case .noBackend(let entry): return .elsewhere(endWithoutBackend(entry, on: device, in: datapath))
    case .backend(let backend, _, _): return balance(to: backend, lookup, on: device, in: datapath)
    }
  }

  /// The node tells the client that nobody is there, or says nothing.
  ///
  /// Source: Cilium `bpf/lib/lb.h`: port unreachable from the Service's address, by the device that the
  /// packet came in by.
  private mutating func endWithoutBackend(
    _ entry: ServiceEntry, on device: String, in datapath: Datapath
  ) -> Stage? {
    switch datapath.settings.noBackendResponse {
    case .reject:
      let arrived = journey.packet
      journey.notice = FirstPacket.error(
        .destinationUnreachable(.port), about: arrived, from: entry.frontend.address)
      journey.noticeStart = .reflect(device, to: arrived.ethernet?.source ?? .broadcast)
      return journey.end(.dropped, .noServiceBackend, .fromNetdev, on: device, by: .rejectWithoutBackend)
    case .drop:
      return journey.end(
        .dropped, .serviceBackendNotFound, .fromNetdev, on: device, code: DropCode.serviceBackendNotFound,
        by: .dropWithoutBackend)
    }
  }

  /// BPF sends what it made itself back to the station that the packet came from.
  mutating func reflect(by device: String, to station: MACAddress) -> Stage? {
    guard case .host(let node) = journey.place,
      let interface = snapshot.stack(journey.place)?.interface(named: device)
    else { return nil }
    journey.beginHop(on: node, arrival: nil)
    journey.record(.send, .fromNetdev, on: device, .call(journey.place), by: .rejectWithoutBackend) {
      packet in
      packet = packet.framed(EthernetHeader(destination: station, source: interface.mac))
    }
    return transmit(by: interface)
  }

  private mutating func balance(
    to backend: ServiceBackend, _ lookup: ServiceLookup, on device: String, in datapath: Datapath
  ) -> ExternalService {
    let isLocal = datapath.endpoint(at: backend.address) != nil
    let isDirect = !isLocal && datapath.settings.answersDirectly(lookup.transport)
    let dispatch = isDirect ? datapath.settings.dsrDispatch : nil
    guard dispatch == nil || dispatch?.isModelled(in: datapath.settings) == true else {
      return .elsewhere(
        journey.end(.undecided, .notModelled, .fromNetdev, on: device, by: .limitOfTheModel))
    }
    let client = Flow.Backend(
      address: journey.packet.innerIP?.source ?? .any, port: journey.packet.ports?.source ?? 0)
    let entry = Connection.LoadBalanced(
      node: journey.node, client: client,
      frontend: Flow.Backend(address: lookup.address, port: lookup.port),
      backend: Flow.Backend(address: backend.address, port: backend.port),
      substitute: isLocal || isDirect ? nil : substitute(for: client, in: datapath), dispatch: dispatch)
    journey.connection.loadBalanced.append(entry)
    translate(entry, on: device)
    return isLocal ? .local : .elsewhere(forwardToBackend(entry, on: device, in: datapath))
  }

  /// Who the remote backend takes the client for.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`: the direct-routing device's address, in tunnel mode that of
  /// `cilium_host`; `bpf/lib/nat.h`: the port is kept where it lies above the NodePort range.
  private func substitute(for client: Flow.Backend, in datapath: Datapath) -> Flow.Backend {
    let address = datapath.settings.tunnel == nil ? datapath.nodeAddress : datapath.routerAddress
    let port = client.port >= 32768 ? client.port : 32768 + client.port % 32768
    return Flow.Backend(address: address, port: port)
  }

  private mutating func translate(_ entry: Connection.LoadBalanced, on device: String) {
    let translation = ServiceTranslation(
      frontend: entry.frontend, backend: entry.backend, client: entry.client, substitute: entry.substitute,
      dispatch: entry.dispatch)
    journey.record(
      .serviceTranslation, .fromNetdev, on: device, .translation(translation),
      by: entry.dispatch == nil ? .nodePortTranslation : .directServerReturn
    ) { packet in
      packet.setInnerDestination(entry.backend)
      if let substitute = entry.substitute { packet.setInnerSource(substitute) }
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

  /// The answer of a backend that was asked past its own node's load balancer leaves in the frontend's name.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`, `bpf/lib/nodeport.h`, `xlate_dsr_v4`.
  mutating func answerDirectly(on device: String) {
    guard journey.isReply, let entry = journey.connection.loadBalanced.last, entry.dispatch != nil,
      journey.packet.innerIP?.source == entry.backend.address
    else { return }
    journey.record(
      .reverseTranslation, .fromContainer, on: device,
      .reverse(ReverseTranslation(table: .service, from: entry.backend, to: entry.frontend)),
      by: .directServerReply
    ) { $0.setInnerSource(entry.frontend) }
  }

  private mutating func forwardToBackend(
    _ entry: Connection.LoadBalanced, on device: String, in datapath: Datapath
  ) -> Stage? {
    if entry.dispatch == .opt, case .refused(let end) = fitOption(on: device) { return end }
    // The Geneve header of direct server return is put on without the L3 helper.
    guard
      entry.dispatch == .geneve
        || lowerTTLInBPF(.forward, .fromNetdev, on: device, rule: .nodePortForward)
    else {
      return endByTTLInBPF(.fromNetdev, on: device)
    }
    let identity = lookUpIdentity(
      entry.backend.address, .destination, .fromNetdev, on: device, in: datapath)
    let tunnel = entry.dispatch == .geneve ? TunnelProtocol.geneve : datapath.settings.tunnel
    let decision = TunnelDecision(
      mode: datapath.settings.routing, tunnel: tunnel, entry: identity.winner, vni: .world)
    journey.record(
      .tunnelDecision, .fromNetdev, on: device, .tunnel(decision),
      by: entry.dispatch == .geneve
        ? .directServerReturn : tunnel == nil ? .nativeHasNoTunnel : .tunnelFromIPCache)
    if case .encapsulate = decision.answer { return .encapsulate(decision.answer) }
    return redirect(from: device, .fromNetdev)
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

  /// BPF sends the packet on by the kernel's tables.
  private mutating func redirect(from device: String, _ hook: Step.Hook) -> Stage? {
    guard let selection = askFIB(hook, from: device) else { return nil }
    return leaveHost(by: selection.interface, to: selection.nextHop(to: journey.destination))
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
    guard lowerTTLInBPF(.forward, hook, on: device, rule: .nodePortForward) else {
      return .elsewhere(endByTTLInBPF(hook, on: device))
    }
    return .elsewhere(redirect(from: device, hook))
  }

  /// The answer of a local backend leaves the node: the client must see the address that it asked.
  ///
  /// Source: Cilium `bpf/lib/nodeport_egress.h`.
  mutating func reverseLocalBackend(on device: String) {
    guard journey.isReply,
      let entry = journey.connection.loadBalanced.last(where: { $0.node == journey.node }),
      entry.substitute == nil, journey.packet.innerIP?.source == entry.backend.address
    else { return }
    reverseService(entry, on: device, .toNetdev)
  }

  private mutating func reverseService(
    _ entry: Connection.LoadBalanced, on device: String, _ hook: Step.Hook
  ) {
    journey.record(
      .reverseTranslation, hook, on: device,
      .reverse(ReverseTranslation(table: .service, from: entry.backend, to: entry.frontend)),
      by: .nodePortReverse
    ) { $0.setInnerSource(entry.frontend) }
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
