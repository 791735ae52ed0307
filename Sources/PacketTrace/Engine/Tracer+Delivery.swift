import ControlPlane
import NetModel

extension Tracer {
  /// `ipv4_local_delivery` and the target's own policy program.
  ///
  /// Source: Cilium `bpf/lib/local_delivery.h`, `bpf/bpf_lxc.c`.
  mutating func deliver(to target: LocalEndpoint.PodEndpoint, isFromHost: Bool) -> Stage? {
    let hook = journey.hops.last?.steps.last?.hook ?? .fromNetdev
    let device = journey.hops.last?.steps.last?.device
    let frame = EthernetHeader(destination: target.mac, source: target.nodeMAC)
    guard lowerTTLInBPF(.localDelivery, hook, on: device, rule: .localDelivery, frame: frame) else {
      return endByTTLInBPF(hook, on: device)
    }
    let isRouted = datapath?.settings.endpointRoutes == true && datapath?.settings.bpfHostRouting == false
    return enter(target, by: isRouted ? .toContainer : .policyProgram, isFromHost: isFromHost)
  }

  /// `cil_to_container`: the kernel has sent a packet by a pod's own route. Where agents make no such routes the
  /// program is not there, and nobody asks for policy.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`.
  mutating func toContainer(_ target: LocalEndpoint.PodEndpoint) -> Stage? {
    guard let datapath, datapath.settings.endpointRoutes else {
      return handOver(to: target, by: .queueTransmit, isFromHost: true)
    }
    if datapath.endpoint(at: journey.source)?.kind == .host {
      journey.sourceIdentity = .host
    } else {
      lookUpIdentity(journey.source, .source, .toContainer, on: target.interface, in: datapath)
    }
    return enter(target, by: .toContainer, isFromHost: true)
  }

  private mutating func enter(
    _ target: LocalEndpoint.PodEndpoint, by program: Step.Hook, isFromHost: Bool
  ) -> Stage? {
    trackConnection(program, on: target.interface)
    reversePerPacket(program, on: target.interface)
    guard isHairpin || admits(.ingress, of: target, peer: journey.sourceIdentity, program) else { return nil }
    return handOver(to: target, by: program, isFromHost: isFromHost)
  }

  private mutating func handOver(
    to target: LocalEndpoint.PodEndpoint, by program: Step.Hook, isFromHost: Bool
  ) -> Stage? {
    let passesStack = isFromHost || datapath?.settings.bpfHostRouting != true
    let inside = InterfaceID(.pod(target.pod), "eth0")
    let outside = InterfaceID(.host(journey.node), target.interface)
    let delivery: Delivery = passesStack ? .redirect(outside) : .redirectPeer(inside)
    let rule: Rule =
      program != .policyProgram ? .endpointRoute : passesStack ? .redirectFromHost : .redirectPeer
    journey.record(.localDelivery, program, on: target.interface, .delivery(delivery), by: rule)
    journey.place = .pod(target.pod)
    return .accept
  }

  /// The stack that owns the destination address takes the packet in.
  mutating func accept() -> Stage? {
    guard let stack = snapshot.stack(journey.place) else { return nil }
    if case .pod = journey.place, journey.packet.ethernet != nil, let end = routeInPod(stack) { return end }
    guard journey.outcome == nil else { return nil }
    let (acceptance, hook, rule) = accepts(in: stack)
    journey.record(.accept, hook, .acceptance(acceptance), by: rule)
    if journey.isReply { restoreFrontend() }
    finish(acceptance)
    return nil
  }

  /// The pod's own kernel must take the address for its own.
  private mutating func routeInPod(_ stack: NetworkStack) -> Stage? {
    guard let ip = journey.packet.innerIP else { return nil }
    let lookup = stack.lookup(
      RouteQuery(destination: ip.destination, source: ip.source, inputInterface: "eth0"))
    guard case .local = lookup.result else {
      journey.record(.routeLookup, .routeInput, on: "eth0", .route(lookup), by: .routeInput)
      return journey.end(.dropped, .notAddressedToHost, .routeInput, on: "eth0", by: .routeInput)
    }
    return nil
  }

  private func accepts(in stack: NetworkStack) -> (Acceptance, Step.Hook, Rule) {
    let packet = journey.packet
    guard let transport = packet.transport, let port = packet.ports?.destination else {
      let isAnswer = journey.isReply
      return (isAnswer ? .waitingSocket : .echo, .icmpReceive, isAnswer ? .socketDelivery : .echoAnswer)
    }
    let hook: Step.Hook = transport == .tcp ? .tcpReceive : .udpReceive
    if journey.isReply { return (.waitingSocket, hook, .socketDelivery) }
    let wanted = Listener(transport: transport, port: port)
    if stack.listeners.contains(wanted) { return (.listener(wanted), hook, .socketDelivery) }
    return (.closedPort(wanted), hook, transport == .tcp ? .closedTCPPort : .closedUDPPort)
  }

  /// The socket layer gives the program the address that it asked for.
  private mutating func restoreFrontend() {
    guard let translation = journey.connection.socketTranslation else { return }
    let reverse = ReverseTranslation(
      table: .socket, from: translation.backend, to: translation.frontend)
    journey.record(
      .reverseTranslation, .recvmsg4, .reverse(reverse), by: .socketReverseTranslation)
  }

  private mutating func finish(_ acceptance: Acceptance) {
    let interface: String? =
      if case .pod(let pod) = journey.place { endpoint(of: pod)?.interface } else { nil }
    let reason: Reason =
      switch acceptance {
      case .listener, .echo: .accepted
      case .waitingSocket: .answered
      case .closedPort(let port): port.transport == .tcp ? .tcpPortClosed : .udpPortClosed
      }
    journey.endHop(departure: interface)
    journey.outcome = Outcome(
      disposition: .delivered, node: journey.node, interface: interface, reason: reason)
  }
}
