import ControlPlane
import NetModel

/// The backend that a Service with `sessionAffinity: ClientIP` keeps for a client, as one node remembers it.
///
/// Source: Cilium `bpf/lib/lb.h`, `lb4_affinity_backend_id`, map `cilium_lb4_affinity`; `bpf/bpf_sock.c`.
package struct ServiceAffinity: Hashable, Sendable {
  package var node: NodeID
  /// The number of the frontend on that node.
  package var service: Int
  package var client: Client
  package var backend: Flow.Backend

  package init(node: NodeID, service: Int, client: Client, backend: Flow.Backend) {
    self.node = node
    self.service = service
    self.client = client
    self.backend = backend
  }

  /// Whom a node takes a client for.
  package enum Client: Hashable, Sendable {
    /// A packet's source address.
    case address(IPv4Address)
    /// At the socket layer, the network namespace that the program runs in.
    case namespace(StackID)
  }
}

extension ServiceAffinity {
  /// What the node of a step remembers of a lookup there; `nil` where the Service keeps nothing.
  package init?(_ step: Step, on node: NodeID) {
    guard case .service(let lookup) = step.evidence, case .backend(let backend, _, let entry) = lookup.answer,
      entry.affinitySeconds != nil
    else { return nil }
    let isAtSocket = step.hook == .connect4 || step.hook == .sendmsg4
    self.init(
      node: node, service: entry.id,
      client: isAtSocket ? .namespace(step.stack) : .address(step.before.innerIP?.source ?? .any),
      backend: Flow.Backend(address: backend.address, port: backend.port))
  }
}

extension Tracer {
  /// The backend that the node keeps for a client of a frontend; `nil` for a new choice.
  func keptBackend(of entry: ServiceEntry, for client: ServiceAffinity.Client) -> Flow.Backend? {
    guard entry.affinitySeconds != nil else { return nil }
    return journey.connection.affinities.first {
      $0.node == journey.node && $0.service == entry.id && $0.client == client
    }?.backend
  }
}
