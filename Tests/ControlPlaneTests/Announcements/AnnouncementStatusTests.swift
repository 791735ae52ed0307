import NetModel
import Testing

@testable import ControlPlane

/// What the API shows of policies and leases.
@Suite struct AnnouncementStatusTests {
  @Test func conditionsBearTheGenerationOfTheirPolicy() throws {
    var lab = try ObjectLab(chapter: "l2")
    func condition() throws -> JSONValue? {
      try lab.get("CiliumL2AnnouncementPolicy", "policy1", namespace: "").value(at: "status", "conditions")?
        .elements.first
    }
    try lab.patch(
      "CiliumL2AnnouncementPolicy", "policy1", namespace: "", .merge, "{spec: {interfaces: [\"eth(\"]}}")
    #expect(try condition()?["status"] == "True")
    #expect(try condition()?["observedGeneration"] == 2)
    try lab.patch(
      "CiliumL2AnnouncementPolicy", "policy1", namespace: "", .merge, "{spec: {interfaces: [eth1]}}")
    #expect(try condition()?["status"] == "False")
    #expect(try condition()?["observedGeneration"] == 3)
  }

  @Test func aDeletedLeaseIsMadeAnewByItsHolder() throws {
    var lab = try ObjectLab(chapter: "failover")
    let service = ServiceID(namespace: "default", name: "webpod")
    let before = try #require(lab.network.cluster?.leaseElections.lease(of: service))
    #expect(before.transitions > 0)
    lab.now = lab.network.now + .seconds(60)
    try lab.delete("Lease", before.name, namespace: "kube-system")
    let after = try #require(lab.network.cluster?.leaseElections.lease(of: service))
    #expect(after.holder == before.holder && after.transitions == 0)
    #expect(after.created > before.created && after.renewed == lab.now)
  }

  @Test func leasesOfOthersStay() throws {
    var lab = try ObjectLab(chapter: "l2")
    #expect(throws: APIError.self) {
      try lab.delete("Lease", "kube-scheduler", namespace: "kube-system")
    }
  }

  @Test func oneOperatorLeads() throws {
    var lab = try ObjectLab(chapter: "l2")
    try lab.network.apply(.shutDown(NodeID("k8s-ctr")), at: lab.now)
    lab.network.comeToRest()
    lab.now = lab.network.now
    let names = lab.names("Lease", namespace: "kube-system")
    #expect(names.count { $0 == "cilium-operator-resource-lock" } == 1)
    let lease = try lab.get("Lease", "cilium-operator-resource-lock", namespace: "kube-system")
    #expect(lease.value(at: "spec", "holderIdentity")?.text?.hasPrefix("k8s-ctr") == false)
  }
}
