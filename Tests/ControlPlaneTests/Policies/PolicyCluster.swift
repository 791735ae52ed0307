import ControlPlane
import NetModel

/// A small cluster as policies see it: three pods in two namespaces, and what is around them.
struct PolicyCluster {
  static let web = SecurityIdentity(1000)
  static let client = SecurityIdentity(2000)
  static let other = SecurityIdentity(3000)
  static let office = IPv4Prefix(IPv4Address(203, 0, 113, 0), length: 24)
  static let printer = IPv4Prefix(IPv4Address(203, 0, 113, 128), length: 25)
  static let officeIdentity = SecurityIdentity(16_777_217)
  static let printerIdentity = SecurityIdentity(16_777_218)

  var enforcement: CiliumSettings.PolicyEnforcement = .default
  var hostRunsAPIServer = false

  static func pod(_ identity: SecurityIdentity, _ namespace: String, _ labels: Labels) -> LabelledIdentity {
    let namespaceLabels = Labels([("kubernetes.io/metadata.name", namespace), ("team", namespace + "-team")])
    return LabelledIdentity(
      identity: identity, namespace: namespace, namespaceLabels: namespaceLabels, podLabels: labels)
  }

  static let pods = [
    pod(web, "default", Labels([("app", "web"), ("tier", "front")])),
    pod(client, "default", Labels([("app", "client")])),
    pod(other, "other", Labels([("app", "client")])),
  ]

  func repository(_ ruleSets: [PolicyRuleSet]) -> PolicyRepository {
    let outside = [
      LabelledIdentity(identity: PolicyCluster.officeIdentity, prefix: PolicyCluster.office),
      LabelledIdentity(identity: PolicyCluster.printerIdentity, prefix: PolicyCluster.printer),
    ]
    return PolicyRepository(
      enforcement: enforcement, ruleSets: ruleSets,
      identities: LabelledIdentity.reserved(hostRunsAPIServer: hostRunsAPIServer) + PolicyCluster.pods
        + outside,
      namedPorts: [.init(name: "http", protocol: .tcp, number: 80)])
  }

  /// The map of the pod `web`, which declares the port `http` as 80.
  func map(_ ruleSets: [PolicyRuleSet]) -> PolicyMap {
    repository(ruleSets).map(
      of: .init(
        endpoint: 56, identity: PolicyCluster.pods[0],
        namedPorts: [.init(name: "http", protocol: .tcp, number: 80)]))
  }
}

/// One packet as policy sees it.
struct PolicyPacket: Hashable, CustomStringConvertible {
  var direction: TrafficDirection
  var peer: SecurityIdentity
  var `protocol`: PolicyProtocol
  var port: UInt16

  static func from(_ peer: SecurityIdentity, _ protocol: PolicyProtocol = .tcp, _ port: UInt16 = 80) -> Self {
    PolicyPacket(direction: .ingress, peer: peer, protocol: `protocol`, port: port)
  }

  static func to(_ peer: SecurityIdentity, _ protocol: PolicyProtocol = .tcp, _ port: UInt16 = 80) -> Self {
    PolicyPacket(direction: .egress, peer: peer, protocol: `protocol`, port: port)
  }

  static func ping(from peer: SecurityIdentity) -> Self { from(peer, .icmp, 8) }

  var description: String { "\(direction.rawValue) \(peer.number) \(`protocol`.name) \(port)" }
}

extension PolicyMap {
  func lookup(_ packet: PolicyPacket) -> PolicyLookup {
    lookup(packet.direction, peer: packet.peer, protocol: packet.protocol, port: packet.port)
  }
}

extension LabelSelector {
  static func app(_ name: String) -> LabelSelector { LabelSelector(matchLabels: Labels([("app", name)])) }
  static let everything = LabelSelector()
}
