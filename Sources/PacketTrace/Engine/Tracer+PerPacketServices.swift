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
      return .refused(
        journey.end(
          .dropped, .serviceBackendNotFound, .fromContainer, on: endpoint.interface,
          code: DropCode.serviceBackendNotFound, by: .perPacketServices))
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
      backend: Flow.Backend(address: backend.address, port: backend.port), substitute: nil)
    journey.connection.perPacket = entry
    let translation = ServiceTranslation(
      frontend: entry.frontend, backend: entry.backend, client: entry.client, substitute: nil)
    journey.record(
      .serviceTranslation, .fromContainer, on: device, .translation(translation), by: .perPacketServices
    ) { $0.setInnerDestination(entry.backend) }
  }

  /// The client's own node gives the answer the address that was asked.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`, `lb4_rev_nat` by the connection's reverse-NAT index.
  mutating func reversePerPacket(on device: String) {
    guard journey.isReply, let entry = journey.connection.perPacket, entry.node == journey.node,
      journey.source == entry.backend.address
    else { return }
    journey.record(
      .reverseTranslation, .policyProgram, on: device,
      .reverse(ReverseTranslation(table: .service, from: entry.backend, to: entry.frontend)),
      by: .perPacketServices
    ) { $0.setInnerSource(entry.frontend) }
  }
}
