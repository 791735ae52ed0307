import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Console

/// `sessionAffinity: ClientIP`: a client keeps its backend, and each use begins the time anew.
@Suite struct ServiceAffinityTests {
  private static func lab(seconds: Int) throws -> RunningLab {
    var lab = try RunningLab.week4("l2")
    let patch =
      #"{"spec":{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":\#(seconds)}}}}"#
    let result = lab.run(
      ["kubectl", "patch", "service", "webpod", "-p", patch], on: .host(NodeID("k8s-ctr")))
    #expect(result.status == 0, "\(result.standardError)")
    return lab
  }

  private static func backends(
    _ lab: inout RunningLab, from source: String, to destination: String = "webpod", count: Int = 20,
    apart: Duration = .zero
  ) throws -> [IPv4Address] {
    let flow = try lab.snapshot.flow(FlowRequest(source: source, destination: destination)).flow
    var found: [IPv4Address] = []
    for _ in 0..<count {
      if let backend = lab.send(flow).path.backend { found.append(backend.address) }
      lab.now = lab.now + apart
    }
    return found
  }

  @Test(arguments: ["curl-pod", "k8s-w1", "router"])
  func aClientKeepsItsBackend(source: String) throws {
    var lab = try Self.lab(seconds: 600)
    let destination = source == "router" ? "192.168.10.211" : "webpod"
    let backends = try Self.backends(&lab, from: source, to: destination)
    #expect(backends.count == 20)
    #expect(Set(backends).count == 1)
  }

  @Test func eachUseBeginsTheTimeAnew() throws {
    var lab = try Self.lab(seconds: 600)
    #expect(Set(try Self.backends(&lab, from: "curl-pod", apart: .seconds(500))).count == 1)
  }

  @Test func afterTheTimeThereIsANewChoice() throws {
    var lab = try Self.lab(seconds: 600)
    #expect(Set(try Self.backends(&lab, from: "curl-pod", apart: .seconds(601))).count > 1)
  }

  @Test func clientsAreKeptApart() throws {
    var lab = try Self.lab(seconds: 600)
    _ = try Self.backends(&lab, from: "curl-pod", count: 3)
    _ = try Self.backends(&lab, from: "k8s-ctr", count: 3)
    let kept = lab.traffic.connections.affinities(at: lab.now)
    let namespaces: Set<ServiceAffinity.Client> = [
      .namespace(.pod(PodID(namespace: "default", name: "curl-pod"))), .namespace(.host(NodeID("k8s-ctr"))),
    ]
    #expect(Set(kept.map(\.client)) == namespaces)
  }

  @Test func aKeptBackendIsSaidToBeKept() throws {
    var lab = try Self.lab(seconds: 600)
    let flow = try lab.snapshot.flow(FlowRequest(source: "curl-pod", destination: "webpod")).flow
    let kept = (0..<2).map { _ in
      lab.send(flow).path.hops.flatMap(\.steps).contains { step in
        if case .service(let lookup) = step.evidence { lookup.isKept } else { false }
      }
    }
    #expect(kept == [false, true])
  }

  @Test func aBackendThatIsGoneIsNotKept() throws {
    var lab = try Self.lab(seconds: 600)
    let first = try #require(try Self.backends(&lab, from: "curl-pod", count: 1).first)
    let pod = try #require(lab.snapshot.pods.first { $0.address == first })
    let result = lab.run(["kubectl", "delete", "pod", pod.pod.name], on: .host(NodeID("k8s-ctr")))
    #expect(result.status == 0)
    let later = try Self.backends(&lab, from: "curl-pod", count: 5)
    #expect(Set(later).count == 1 && later.first != first)
  }
}
