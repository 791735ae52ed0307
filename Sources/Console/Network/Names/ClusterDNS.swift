import ControlPlane
import NetModel

/// What CoreDNS answers, by its `kubernetes` plugin.
///
/// Source: CoreDNS `plugin/kubernetes`; the Corefile that kubeadm installs: zone `cluster.local`, ttl 30.
struct ClusterDNS {
  static let zone = "cluster.local"
  private static let ttl: UInt32 = 30

  let cluster: Cluster

  /// The answer to a question; `nil` where it is passed on to name servers outside the cluster.
  func answer(to message: DNSMessage) -> DNSMessage? {
    let name = message.question.name.lowercased()
    if name.hasSuffix(".in-addr.arpa") { return reverseAnswer(to: message, name: name) }
    guard name == ClusterDNS.zone || name.hasSuffix("." + ClusterDNS.zone) else { return nil }
    if let target = externalName(of: name) {
      return positive(
        message, [.init(name: message.question.name, ttl: ClusterDNS.ttl, data: .canonicalName(target))])
    }
    guard let addresses = addresses(of: name) else { return negative(message, .noSuchName) }
    let records = addresses.map {
      DNSMessage.Record(name: message.question.name, ttl: ClusterDNS.ttl, data: .address($0))
    }
    guard message.question.type == .a, !records.isEmpty else { return negative(message, .noError) }
    return positive(message, records)
  }

  private func positive(_ message: DNSMessage, _ records: [DNSMessage.Record]) -> DNSMessage {
    DNSMessage(
      identification: message.identification, isAnswer: true, isAuthoritative: true,
      question: message.question, answers: records)
  }

  private func negative(_ message: DNSMessage, _ code: DNSMessage.Code) -> DNSMessage {
    let zone = DNSMessage.StartOfAuthority(
      server: "ns.dns.\(ClusterDNS.zone)", administrator: "hostmaster.\(ClusterDNS.zone)",
      serial: UInt32(truncatingIfNeeded: cluster.startTime.unixSeconds),
      intervals: [7200, 1800, 86400, ClusterDNS.ttl])
    return DNSMessage(
      identification: message.identification, isAnswer: true, isAuthoritative: true, code: code,
      question: message.question,
      authorities: [
        DNSMessage.Record(name: ClusterDNS.zone, ttl: ClusterDNS.ttl, data: .startOfAuthority(zone))
      ])
  }

  /// `SERVICE.NAMESPACE.svc.cluster.local`; empty for names above a Service's, `nil` where there is none.
  private func addresses(of name: String) -> [IPv4Address]? {
    let labels = name.split(separator: ".").dropLast(2).map(String.init)
    guard labels.last == "svc" else { return labels.isEmpty ? [] : nil }
    switch labels.count {
    case 1: return []
    case 2: return cluster.services.contains { $0.id.namespace == labels[0] } ? [] : nil
    case 3: return addresses(of: ServiceID(namespace: labels[1], name: labels[0]))
    default: return nil
    }
  }

  /// The name that a Service of type ExternalName stands for; what that name means is asked of others.
  private func externalName(of name: String) -> String? {
    let labels = name.split(separator: ".").dropLast(2).map(String.init)
    guard labels.count == 3, labels[2] == "svc" else { return nil }
    return cluster.service(ServiceID(namespace: labels[1], name: labels[0]))?.externalName
  }

  private func addresses(of id: ServiceID) -> [IPv4Address]? {
    guard let service = cluster.service(id) else { return nil }
    switch service.clusterIP {
    case .address(let address): return [address]
    case .unset: return []
    case .headless: return cluster.podAddresses(behind: service)
    }
  }

  private func reverseAnswer(to message: DNSMessage, name: String) -> DNSMessage? {
    let octets = name.dropLast(".in-addr.arpa".count).split(separator: ".").reversed()
    guard let address = IPv4Address(parsing: octets.joined(separator: ".")) else { return nil }
    let service = cluster.services.first { $0.clusterIP == .address(address) }
    guard let service else { return nil }
    let target = "\(service.id.name).\(service.id.namespace).svc.\(ClusterDNS.zone)"
    return positive(
      message, [DNSMessage.Record(name: message.question.name, ttl: ClusterDNS.ttl, data: .pointer(target))])
  }
}

extension Cluster {
  /// The addresses of the pods that a Service selects, in ascending order.
  fileprivate func podAddresses(behind service: Service) -> [IPv4Address] {
    guard let selector = service.selector else { return service.endpoints }
    return pods.filter { $0.id.namespace == service.id.namespace && $0.template.labels.satisfy(selector) }
      .compactMap { $0.endpoint?.address }.sorted()
  }
}
