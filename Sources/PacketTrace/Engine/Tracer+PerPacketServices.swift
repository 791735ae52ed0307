import ControlPlane
import NetModel

extension Tracer {
  /// Services as BPF translates them packet by packet, where the socket layer does not.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`, `__per_packet_lb_svc_xlate_4`.
  mutating func balancePerPacket(
    from endpoint: LocalEndpoint.PodEndpoint, in datapath: Datapath
  ) -> Passage {
    guard !journey.isReply, !datapath.settings.translatesSockets(of: .pod(endpoint.pod)),
      let lookup = packetServiceLookup(in: datapath, isInside: true)
    else { return .free }
    journey.record(
      .serviceLookup, .fromContainer, on: endpoint.interface, .service(lookup), by: .perPacketServices)
    switch lookup.answer {
    case .miss: return .free
    case .noBackend:
      return .refused(endWithoutBackend(.fromContainer, on: endpoint.interface, in: datapath))
    case .backend(let backend, _, _):
      translate(lookup, to: backend, on: endpoint.interface)
      return .free
    }
  }

  private mutating func translate(_ lookup: ServiceLookup, to backend: ServiceBackend, on device: String) {
    let entry = Connection.LoadBalanced(
      node: journey.node,
      client: Flow.Backend(address: journey.source, port: journey.packet.ports?.source ?? 0),
      frontend: Flow.Backend(address: lookup.address, port: lookup.port),
      backend: Flow.Backend(address: backend.address, port: backend.port),
      substitute: backend.address == journey.source ? loopback : nil)
    journey.connection.perPacket = entry
    let translation = ServiceTranslation(
      frontend: entry.frontend, backend: entry.backend, client: entry.client, substitute: entry.substitute)
    journey.record(
      .serviceTranslation, .fromContainer, on: device, .translation(translation), by: .perPacketServices
    ) { packet in
      packet.setInnerDestination(entry.backend)
      if let substitute = entry.substitute { packet.setInnerSource(substitute) }
    }
  }

  /// Who a pod takes itself for when it asks a Service and is chosen.
  ///
  /// Source: Cilium `bpf/lib/lb.h`, `lb4_local`; `pkg/defaults/defaults.go`, `ServiceLoopbackIPv4`.
  private var loopback: Flow.Backend {
    Flow.Backend(address: IPv4Address(169, 254, 42, 1), port: journey.packet.ports?.source ?? 0)
  }

  /// The packet is of a pod that reached itself through a Service: policy does not ask, and it stays where it is.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`, `hairpin_flow`.
  var isHairpin: Bool { journey.connection.perPacket?.isHairpin == true }

  /// The client's own node gives the answer the address that was asked.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`, `lb4_rev_nat` by the connection's reverse-NAT index.
  mutating func reversePerPacket(_ program: Step.Hook, on device: String) {
    guard journey.isReply, let entry = journey.connection.perPacket, entry.node == journey.node,
      journey.source == entry.backend.address
    else { return }
    journey.record(
      .reverseTranslation, program, on: device,
      .reverse(ReverseTranslation(table: .service, from: entry.backend, to: entry.frontend)),
      by: .perPacketServices
    ) { packet in
      packet.setInnerSource(entry.frontend)
      if entry.isHairpin { packet.setInnerDestination(entry.client) }
    }
  }
}
