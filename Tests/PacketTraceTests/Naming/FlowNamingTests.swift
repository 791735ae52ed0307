import ControlPlane
import NetModel
import Testing

@testable import PacketTrace

@Suite struct FlowNamingTests {
  let snapshot = SmallCluster.snapshot

  func flow(
    _ source: String, _ destination: String, _ content: FlowRequest.Content? = nil, backend: String? = nil
  ) throws(FlowError) -> NamedFlow {
    try snapshot.flow(
      FlowRequest(source: source, destination: destination, content: content, backend: backend))
  }

  @Test(arguments: [
    ("curl-pod", StackID.pod(PodID(namespace: "default", name: "curl-pod"))),
    ("default/curl-pod", .pod(PodID(namespace: "default", name: "curl-pod"))),
    ("only", .pod(PodID(namespace: "blue", name: "only"))),
    ("green/job", .pod(PodID(namespace: "green", name: "job"))),
    ("web@n1", .pod(PodID(namespace: "default", name: "web-1"))),
    ("web@n2", .pod(PodID(namespace: "default", name: "web-2"))),
    ("default/web@n2", .pod(PodID(namespace: "default", name: "web-2"))),
    ("green/shared@n1", .pod(PodID(namespace: "green", name: "other"))),
    ("router", .host(NodeID("router"))),
    ("192.168.0.2", .host(NodeID("n2"))),
    ("10.0.0.13", .pod(PodID(namespace: "default", name: "web-3"))),
  ])
  func sources(name: String, origin: StackID) throws {
    #expect(try flow(name, "router").flow.origin == origin)
  }

  struct Target: Sendable {
    var name: String
    var content: FlowRequest.Content?
    var address: IPv4Address
    var asked: Flow.Content
    var kind: NamedFlow.Kind
    var node: String?
  }

  @Test(arguments: [
    Target(
      name: "web-2", address: IPv4Address(10, 0, 0, 12), asked: .transport(.tcp, port: 80), kind: .pod,
      node: "n2"),
    Target(
      name: "web@n1:8080", content: .udp, address: IPv4Address(10, 0, 0, 11),
      asked: .transport(.udp, port: 8080), kind: .pod, node: "n1"),
    Target(
      name: "router", content: .icmp, address: IPv4Address(192, 168, 0, 254), asked: .echo, kind: .host,
      node: "router"),
    Target(
      name: "n2:22", address: IPv4Address(192, 168, 0, 2), asked: .transport(.tcp, port: 22), kind: .host,
      node: "n2"),
    Target(
      name: "8.8.8.8", address: IPv4Address(8, 8, 8, 8), asked: .transport(.tcp, port: 80), kind: .address),
    Target(
      name: "10.0.0.15:53", content: .udp, address: IPv4Address(10, 0, 0, 15),
      asked: .transport(.udp, port: 53), kind: .address, node: "n2"),
    Target(
      name: "web", address: IPv4Address(10, 96, 0, 10), asked: .transport(.tcp, port: 80), kind: .service),
    Target(
      name: "web:443", address: IPv4Address(10, 96, 0, 10), asked: .transport(.tcp, port: 443), kind: .service
    ),
    Target(
      name: "dns", address: IPv4Address(10, 96, 0, 7), asked: .transport(.tcp, port: 9153), kind: .service),
    Target(
      name: "blue/dns", content: .udp, address: IPv4Address(10, 96, 0, 7),
      asked: .transport(.udp, port: 53), kind: .service),
    Target(
      name: "dns:53", address: IPv4Address(10, 96, 0, 7), asked: .transport(.udp, port: 53), kind: .service),
    Target(
      name: "log", address: IPv4Address(10, 96, 0, 7), asked: .transport(.udp, port: 514), kind: .service),
    Target(name: "log", content: .icmp, address: IPv4Address(10, 96, 0, 7), asked: .echo, kind: .service),
  ])
  func destinations(target: Target) throws {
    let named = try flow("curl-pod", target.name, target.content)
    #expect(named.flow.destination == target.address)
    #expect(named.flow.content == target.asked)
    #expect(named.flow.backend == nil)
    #expect(named.destination.kind == target.kind)
    #expect(named.destination.node?.name == target.node)
    #expect(named.destination.address == target.address)
  }

  @Test(arguments: ["10.0.0.12", "10.0.0.12:8080", "web-2", "default/web-2"])
  func backends(name: String) throws {
    let wanted = Flow.Backend(address: IPv4Address(10, 0, 0, 12), port: 8080)
    #expect(try flow("curl-pod", "web", backend: name).flow.backend == wanted)
    #expect(try flow("curl-pod", "10.96.0.10:443", backend: name).flow.backend == wanted)
  }

  @Test(arguments: [
    (FlowRequest(source: "curl", destination: "web"), FlowError.unknownName("curl", nearest: ["curl-pod"])),
    (
      FlowRequest(source: "curl-pod", destination: "webb"),
      .unknownName("webb", nearest: ["web", "web-1", "web-2"])
    ),
    (FlowRequest(source: "curl-pod", destination: "zzzzzzzz"), .unknownName("zzzzzzzz", nearest: [])),
    (
      FlowRequest(source: "job", destination: "web"),
      .ambiguousName("job", candidates: ["blue/job", "green/job"])
    ),
    (
      FlowRequest(source: "curl-pod", destination: "twin"),
      .ambiguousName("twin", candidates: ["blue/twin", "green/twin"])
    ),
    (
      FlowRequest(source: "shared@n1", destination: "web"),
      .ambiguousName("shared@n1", candidates: ["blue/shared@n1", "green/shared@n1"])
    ),
    (
      FlowRequest(source: "curl-pod@n2", destination: "web"),
      .noPodOnNode(workload: "curl-pod", node: "n2", nodes: ["n1"])
    ),
    (
      FlowRequest(source: "web@n3", destination: "web"),
      .unknownName("web@n3", nearest: ["web@n1", "web@n2"])
    ),
    (FlowRequest(source: "curl-pod", destination: "web:http"), .notAPort("http")),
    (FlowRequest(source: "curl-pod", destination: "web:0"), .notAPort("0")),
    (FlowRequest(source: "curl-pod", destination: "web:65536"), .notAPort("65536")),
    (FlowRequest(source: "curl-pod", destination: "n2:80", content: .icmp), .portWithoutTransport("80")),
    (FlowRequest(source: "web", destination: "n2"), .serviceCannotSend(web, pods: pods)),
    (FlowRequest(source: "10.0.0.99", destination: "n2"), .nobodyBears(IPv4Address(10, 0, 0, 99))),
    (FlowRequest(source: "n1", destination: "n2", backend: "web-1"), .backendWithoutService("web-1")),
    (FlowRequest(source: "n1", destination: "web", backend: "job"), .unknownBackend("job", backends: ends)),
    (FlowRequest(source: "n1", destination: "web", content: .udp), .noFrontend(web, .udp)),
    (
      FlowRequest(source: "n1", destination: "blue/log:80"),
      .noSuchPort(
        ServiceID(namespace: "blue", name: "log"), port: 80, .tcp,
        frontends: [Frontend(address: IPv4Address(10, 96, 0, 7), port: 514, transport: .udp)])
    ),
  ])
  func refusals(request: FlowRequest, error: FlowError) {
    #expect(throws: error) { try snapshot.flow(request) }
  }

  static let web = ServiceID(namespace: "default", name: "web")
  static let pods = ["default/web-1", "default/web-2", "default/web-3"]
  static let ends = ["10.0.0.11:8080", "10.0.0.12:8080", "10.0.0.13:8080"]

  @Test(arguments: [
    ("", "", 0), ("web", "web", 0), ("web", "", 3), ("kitten", "sitting", 3), ("웹서버", "웹서비", 1),
    ("ab", "ba", 2),
  ])
  func spelling(one: String, other: String, distance: Int) {
    #expect(spellingDistance(one, other) == distance)
    #expect(spellingDistance(other, one) == distance)
  }
}
