import ControlPlane
import NetModel
import PacketTrace

extension Network {
  /// The question for a Service's address that a pod's program asks first; `nil` for all that does not ask the
  /// cluster's name servers.
  package func nameQuestion(from source: StackID, for service: ServiceID) -> Flow? {
    guard case .pod(let pod) = source, let cluster, let resolver = cluster.resolverFile(of: pod) else {
      return nil
    }
    let name = "\(service.name).\(service.namespace).svc.\(ClusterDNS.zone)"
    let message = DNSMessage(identification: 1, question: DNSMessage.Question(name: name, type: .a))
    var flow = Flow(origin: source, destination: resolver.server, content: .transport(.udp, port: 53))
    flow.dontFragment = false
    flow.choices.payload = .bytes(message.bytes)
    flow.choices.answer = ClusterDNS(cluster: cluster).answer(to: message).map { .bytes($0.bytes) }
    return flow
  }
}
