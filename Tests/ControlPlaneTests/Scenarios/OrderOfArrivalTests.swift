import Importing
import NetModel
import Testing

@testable import ControlPlane

/// Objects that nothing but their order of arrival tells apart: whoever comes first gets no other address, lease or
/// speaker.
@Suite struct OrderOfArrivalTests {
  private static let cilium = """
    {kind: CiliumLoadBalancerIPPool, metadata: {name: p}, spec: {blocks: [{start: 10.1.0.50, stop: 10.1.0.54}]}}
    ---
    {kind: CiliumLoadBalancerIPPool, metadata: {name: q}, spec: {blocks: [{cidr: 10.1.0.64/28}], allowFirstLastIPs: "No"}}
    ---
    {kind: CiliumL2AnnouncementPolicy, metadata: {name: l}, spec: {nodeSelector: {matchLabels: {zone: near}}, loadBalancerIPs: true}}
    ---
    {kind: CiliumL2AnnouncementPolicy, metadata: {name: m}, spec: {nodeSelector: {matchLabels: {zone: near}}, externalIPs: true, serviceSelector: {matchLabels: {app: web}}}}
    ---
    {kind: Service, metadata: {name: a, labels: {app: web}}, spec: {type: LoadBalancer, loadBalancerIP: 10.1.0.52, externalIPs: [10.1.0.80], selector: {app: web}, ports: [{port: 80}]}}
    ---
    {kind: Service, metadata: {name: b, annotations: {lbipam.cilium.io/ips: "10.1.0.50,10.1.0.70"}}, spec: {type: LoadBalancer, ports: [{port: 80}]}}
    ---
    {kind: Service, metadata: {name: c, annotations: {lbipam.cilium.io/ips: 10.1.0.64}}, spec: {type: LoadBalancer, ports: [{port: 80}]}}
    """

  private static let metalLB = """
    {kind: IPAddressPool, metadata: {name: p, namespace: metallb-system}, spec: {addresses: [10.1.0.50-10.1.0.59]}}
    ---
    {kind: IPAddressPool, metadata: {name: q, namespace: metallb-system, labels: {k: v}}, spec: {addresses: [10.1.0.64/28], autoAssign: false}}
    ---
    {kind: L2Advertisement, metadata: {name: l, namespace: metallb-system}, spec: {ipAddressPools: [p]}}
    ---
    {kind: L2Advertisement, metadata: {name: m, namespace: metallb-system}, spec: {ipAddressPoolSelectors: [{matchLabels: {k: v}}], nodeSelectors: [{matchLabels: {zone: near}}]}}
    ---
    {kind: Service, metadata: {name: a}, spec: {type: LoadBalancer, loadBalancerIP: 10.1.0.52, selector: {app: web}, ports: [{port: 80}]}}
    ---
    {kind: Service, metadata: {name: b}, spec: {type: LoadBalancer, loadBalancerIP: 10.1.0.70, selector: {app: web}, ports: [{port: 80}]}}
    ---
    {kind: Service, metadata: {name: c}, spec: {type: LoadBalancer, loadBalancerIP: 10.1.0.99, selector: {app: web}, ports: [{port: 80}]}}
    """

  /// What no order may change.
  private static func outcome(of documents: [JSONValue], in runner: ClusterScenarioRunner) throws -> [String]
  {
    var runner = runner
    try runner.take(documents)
    try runner.checkRest()
    let cluster = try #require(runner.network.cluster)
    let services = cluster.services.map { service in
      let conditions = [Condition](status: service.record.status, startTime: cluster.startTime)
      return
        "\(service.id) \(service.ingress.map(\.ip).sorted()) \(conditions.map { "\($0.status) \($0.reason) \($0.message)" })"
    }
    let pools = cluster.ipPools.map { pool in "\(pool.name) \(pool.conditions.map(\.message))" }
    let leases = cluster.leaseElections.leases.map {
      "\($0.name) \($0.holder?.name ?? "none") \($0.transitions)"
    }
    let rows = runner.network.snapshot().agents.flatMap { agent in
      agent.datapath.l2Announcements.map { "\(agent.node) \($0.address) \($0.interface) \($0.services)" }
        + agent.datapath.speakerAnnouncements.map { "\(agent.node) speaks for \($0.address) \($0.interface)" }
    }
    return services + pools + leases + rows
  }

  @Test(arguments: [("cilium", cilium, 11), ("metallb", metalLB, 4)])
  func orderDoesNotMatter(name: String, yaml: String, least: Int) throws {
    var runner = try ClusterScenarioRunner(settings: .object([]))
    if name == "metallb" {
      try runner.take(try ManifestDocuments("{kind: Namespace, metadata: {name: metallb-system}}").values)
    }
    let documents = try ManifestDocuments(yaml).values
    let expected = try Self.outcome(of: documents, in: runner)
    #expect(expected.count >= least)
    var order = documents
    for turn in 0..<12 {
      order.append(order.remove(at: turn % 3))
      if turn.isMultiple(of: 2) { order.reverse() }
      let outcome = try Self.outcome(of: order, in: runner)
      #expect(outcome == expected, "\(order.map(\.name)): \(Set(outcome).symmetricDifference(expected))")
    }
  }
}
