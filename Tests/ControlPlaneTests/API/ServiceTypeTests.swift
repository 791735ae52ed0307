import ControlPlane
import NetModel
import Testing

/// A Service's type changes, and with it what the API server gives it.
///
/// Source: the lab guide; Kubernetes `pkg/registry/core/service/strategy.go`.
@Suite struct ServiceTypeTests {
  @Test func loadBalancerAsRecorded() throws {
    var lab = try ObjectLab()
    let service = try lab.patch("Service", "webpod", "{spec: {type: LoadBalancer}}")
    #expect(
      service["spec"]?.description
        == #"{"allocateLoadBalancerNodePorts":true,"clusterIP":"10.96.189.34","clusterIPs":["10.96.189.34"],"#
        + #""externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],"#
        + #""ipFamilyPolicy":"SingleStack","ports":[{"nodePort":31016,"port":80,"protocol":"TCP","targetPort":80}],"#
        + #""selector":{"app":"webpod"},"sessionAffinity":"None","type":"LoadBalancer"}"#)
  }

  @Test func thereAndBack() throws {
    var lab = try ObjectLab()
    let before = try lab.get("Service", "webpod")
    try lab.patch("Service", "webpod", "{spec: {type: LoadBalancer}}")
    try lab.patch(
      "Service", "webpod", .merge, "{status: {loadBalancer: {ingress: [{ip: 192.168.10.211}]}}}",
      subresource: "status")
    #expect(try lab.get("Service", "webpod").value(at: "status", "loadBalancer", "ingress") != nil)
    try lab.patch("Service", "webpod", "{spec: {type: ClusterIP}}")
    let after = try lab.get("Service", "webpod")
    #expect(after["spec"] == before["spec"])
    #expect(after["status"] == .fields(["loadBalancer": .object([])]))
  }

  @Test func nodePortsStayBehindALoadBalancer() throws {
    var lab = try ObjectLab()
    try lab.patch("Service", "webpod", "{spec: {type: LoadBalancer}}")
    let service = try lab.patch("Service", "webpod", "{spec: {type: NodePort}}")
    #expect(service["spec"]?["allocateLoadBalancerNodePorts"] == nil)
    #expect(service["spec"]?["externalTrafficPolicy"] == "Cluster")
    #expect(service["spec"]?["ports"]?.elements.map { $0["nodePort"] } == [31016])
  }

  @Test func withoutNodePorts() throws {
    var lab = try ObjectLab()
    try lab.create(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: plain}
      spec:
        type: LoadBalancer
        allocateLoadBalancerNodePorts: false
        selector: {app: webpod}
        ports: [{name: a, port: 80}, {name: b, port: 81, nodePort: 31999}]
      """)
    let ports = try lab.get("Service", "plain").value(at: "spec", "ports")?.elements
    #expect(ports?.map { $0["nodePort"]?.integer } == [nil, 31999])
  }

  @Test func healthCheckPort() throws {
    var lab = try ObjectLab()
    try lab.patch("Service", "webpod", "{spec: {type: LoadBalancer, externalTrafficPolicy: Local}}")
    let port = try #require(lab.get("Service", "webpod").value(at: "spec", "healthCheckNodePort")?.integer)
    #expect((30_086...32_767).contains(port) && port != 31_016)
    try lab.patch("Service", "webpod", "{spec: {externalTrafficPolicy: Cluster}}")
    #expect(try lab.get("Service", "webpod").value(at: "spec", "healthCheckNodePort") == nil)
  }

  @Test(arguments: [1, 2, 3])
  func nodePortsAreOfTheUpperBand(seed: UInt64) throws {
    var lab = try ObjectLab()
    lab.network.seed = seed
    for number in 0..<40 {
      try lab.create(
        "{apiVersion: v1, kind: Service, metadata: {name: s\(number)}, spec: {type: NodePort, ports: [{port: 80}]}}"
      )
    }
    let ports = lab.network.cluster?.services.flatMap(\.ports).compactMap(\.nodePort) ?? []
    #expect(Set(ports).count == ports.count)
    #expect(ports.filter { $0 > 30_003 }.allSatisfy { $0 >= 30_086 })
  }

  @Test func aGivenStatusIsKept() throws {
    var lab = try ObjectLab()
    try lab.create(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: old, creationTimestamp: "2024-01-02T03:04:05Z"}
      spec: {type: LoadBalancer, ports: [{port: 80}]}
      status: {loadBalancer: {ingress: [{ip: 192.0.2.7}]}}
      """)
    let service = try lab.get("Service", "old")
    #expect(service.value(at: "metadata", "creationTimestamp") == "2024-01-02T03:04:05Z")
    #expect(
      service.value(at: "status", "loadBalancer", "ingress")?.elements.first?["ip"] == "192.0.2.7")
  }
}

extension ServiceTypeTests {
  @Test func aServiceCanStandForAName() throws {
    var lab = try ObjectLab()
    try lab.create(
      "{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {type: ExternalName, externalName: example.org}}"
    )
    let spec = try lab.get("Service", "x")["spec"]
    #expect(
      spec == .fields(["externalName": "example.org", "sessionAffinity": "None", "type": "ExternalName"]))
    #expect(lab.names("EndpointSlice", namespace: "default").allSatisfy { !$0.hasPrefix("x-") })
    let entries = lab.network.snapshot().agents.flatMap(\.datapath.services)
    #expect(!entries.contains { $0.service.name == "x" })
    try lab.patch("Service", "x", "{spec: {type: ClusterIP, externalName: null, ports: [{port: 80}]}}")
    #expect(try lab.get("Service", "x").value(at: "spec", "clusterIP")?.text?.hasPrefix("10.96.") == true)
    try lab.patch("Service", "x", "{spec: {type: ExternalName, externalName: example.org}}")
    #expect(try lab.get("Service", "x").value(at: "spec", "clusterIP") == nil)
  }

  @Test func aPortMayBeOfSCTP() throws {
    var lab = try ObjectLab()
    try lab.create(
      """
      {apiVersion: v1, kind: Service, metadata: {name: x}, spec: {selector: {app: webpod},
       ports: [{name: a, port: 80}, {name: b, port: 80, protocol: SCTP}]}}
      """)
    let entries =
      lab.network.snapshot().agents.first?.datapath.services.filter { $0.service.name == "x" } ?? []
    #expect(entries.map(\.frontend.transport) == [.tcp, .sctp])
    #expect(
      Set(entries.map { $0.backends.map(\.address) }).count == 1 && entries.first?.backends.isEmpty == false)
  }
}
