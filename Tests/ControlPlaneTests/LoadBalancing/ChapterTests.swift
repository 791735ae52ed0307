import Importing
import NetModel
import Testing

@testable import ControlPlane

/// The lab guide's chapters on LoadBalancer Services: names, addresses, ports and holders as they were recorded.
@Suite struct ChapterTests {
  private func service(_ name: String, _ chapter: String) throws -> Service {
    let cluster = try #require(try week4(chapter).cluster)
    return try #require(cluster.service(ServiceID(namespace: "default", name: name)))
  }

  private func rows(_ network: Network, _ node: String) -> [String] {
    let rows = network.snapshot().datapath(on: NodeID(node))?.l2Announcements ?? []
    return rows.map { "\($0.address) \($0.interface)" }
  }

  private func holders(_ network: Network) -> [String] {
    (network.cluster?.leaseElections.leases ?? []).map { "\($0.name) \($0.holder?.name ?? "")" }
  }

  @Test func thePoolServesWebpod() throws {
    let webpod = try service("webpod", "lb-ipam")
    #expect(webpod.ingress == [LoadBalancerIngress(ip: "192.168.10.211")])
    #expect(webpod.ports.map(\.nodePort) == [31016])
    let pool = try #require(try week4("lb-ipam").cluster?.ipPools.first)
    #expect(
      pool.conditions.map { [$0.type, $0.message, $0.status.rawValue, $0.reason].joined(separator: " ") } == [
        "cilium.io/PoolConflict  False resolved", "cilium.io/IPsTotal 5 Unknown noreason",
        "cilium.io/IPsAvailable 4 Unknown noreason", "cilium.io/IPsUsed 1 Unknown noreason",
      ])
    #expect(try holders(week4("lb-ipam")).isEmpty)
  }

  @Test func k8sW1Announces() throws {
    let network = try week4("l2")
    #expect(holders(network) == ["cilium-l2announce-default-webpod k8s-w1"])
    #expect(["k8s-ctr", "k8s-w1", "k8s-w0"].map { rows(network, $0) } == [[], ["192.168.10.211 eth1"], []])
    let lease = try #require(network.cluster?.leaseElections.leases.first)
    #expect(lease.transitions == 0)
    #expect(lease.duration == .seconds(15))
  }

  @Test func k8sCtrTakesOver() throws {
    let network = try week4("failover")
    #expect(holders(network) == ["cilium-l2announce-default-webpod k8s-ctr"])
    #expect(["k8s-ctr", "k8s-w1"].map { rows(network, $0) } == [["192.168.10.211 eth1"], []])
    let lease = try #require(network.cluster?.leaseElections.leases.first)
    #expect(lease.transitions == 1)
    let away = lease.acquired - .start
    #expect(away >= .zero && away <= .milliseconds(4400))
    #expect(network.machines.filter { !$0.isUp }.isEmpty)
    #expect(network.outages.isEmpty)
  }

  @Test func theRebootedNodesPodHasAnotherAddress() throws {
    let before = try week4("l2").snapshot()
    let after = try week4("failover").snapshot()
    let pod = PodID(namespace: "default", name: "webpod-697b545f57-sgb7k")
    #expect(before.placement(of: pod)?.address == IPv4Address(172, 20, 1, 108))
    let address = try #require(after.placement(of: pod)?.address)
    #expect(address != IPv4Address(172, 20, 1, 108))
    #expect(IPv4Prefix(IPv4Address(172, 20, 1, 0), length: 24).contains(address))
    #expect(
      after.pods.filter { $0.node != NodeID("k8s-w1") } == before.pods.filter { $0.node != NodeID("k8s-w1") })
  }

  @Test func theSecondServiceTakesTheNextAddress() throws {
    let second = try service("netshoot-web", "second-service")
    #expect(second.ingress == [LoadBalancerIngress(ip: "192.168.10.212")])
    #expect(second.address == IPv4Address(10, 96, 147, 23))
    #expect(second.ports.map(\.nodePort) == [32464])
    let network = try week4("second-service")
    #expect(
      holders(network) == [
        "cilium-l2announce-default-netshoot-web k8s-w1", "cilium-l2announce-default-webpod k8s-ctr",
      ])
    #expect(rows(network, "k8s-w1") == ["192.168.10.212 eth1"])
    let names = (network.cluster?.pods ?? []).map(\.id.name).filter { $0.hasPrefix("netshoot-web") }
    #expect(
      names.sorted() == ["fbpdt", "m4f42", "z4rxn"].map { "netshoot-web-5c59d94bd4-\($0)" })
  }

  @Test func theServiceGetsTheAddressItAsksFor() throws {
    #expect(
      try service("netshoot-web", "requested-ip").ingress == [LoadBalancerIngress(ip: "192.168.10.215")])
    #expect(try rows(week4("requested-ip"), "k8s-w1") == ["192.168.10.215 eth1"])
  }

  @Test func twoServicesShareAnAddress() throws {
    let services = [try service("netshoot-web", "sharing-key"), try service("netshoot-web2", "sharing-key")]
    #expect(
      services.map(\.ingress) == Array(repeating: [LoadBalancerIngress(ip: "192.168.10.215")], count: 2))
    #expect(services.flatMap { $0.ports.map(\.nodePort) } == [32464, 30989])
    #expect(services[1].address == IPv4Address(10, 96, 95, 238))
    let network = try week4("sharing-key")
    #expect(
      holders(network).filter { $0.contains("netshoot") } == [
        "cilium-l2announce-default-netshoot-web k8s-w1", "cilium-l2announce-default-netshoot-web2 k8s-w1",
      ])
    #expect(rows(network, "k8s-w1") == ["192.168.10.215 eth1"])
    #expect(network.cluster?.ipPools.first?.conditions["cilium.io/IPsUsed"]?.message == "2")
  }
}
