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
    guard !journey.isReply, let lookup = serviceLookup(in: datapath, isInside: false) else {
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
    guard datapath.settings.loadBalancer == .snat else {
      return .elsewhere(
        journey.end(.undecided, .notModelled, .fromNetdev, on: device, by: .limitOfTheModel))
    }
    let isLocal = datapath.endpoint(at: backend.address) != nil
    let client = Flow.Backend(
      address: journey.packet.innerIP?.source ?? .any, port: journey.packet.ports?.source ?? 0)
    let entry = Connection.LoadBalanced(
      node: journey.node, client: client,
      frontend: Flow.Backend(address: lookup.address, port: lookup.port),
      backend: Flow.Backend(address: backend.address, port: backend.port),
      substitute: isLocal ? nil : substitute(for: client, in: datapath))
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
      frontend: entry.frontend, backend: entry.backend, client: entry.client, substitute: entry.substitute)
    journey.record(
      .serviceTranslation, .fromNetdev, on: device, .translation(translation), by: .nodePortTranslation
    ) { packet in
      packet.setInnerDestination(entry.backend)
      if let substitute = entry.substitute { packet.setInnerSource(substitute) }
    }
  }

  private mutating func forwardToBackend(
    _ entry: Connection.LoadBalanced, on device: String, in datapath: Datapath
  ) -> Stage? {
    guard lowerTTLInBPF(.forward, .fromNetdev, on: device, rule: .nodePortForward) else {
      return endByTTLInBPF(.fromNetdev, on: device)
    }
    let identity = lookUpIdentity(
      entry.backend.address, .destination, .fromNetdev, on: device, in: datapath)
    let decision = TunnelDecision(
      settings: datapath.settings, entry: identity.winner, vni: .world)
    journey.record(
      .tunnelDecision, .fromNetdev, on: device, .tunnel(decision),
      by: datapath.settings.tunnel == nil ? .nativeHasNoTunnel : .tunnelFromIPCache)
    if case .encapsulate = decision.answer { return .encapsulate(decision.answer) }
    return redirect(from: device, .fromNetdev)
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
