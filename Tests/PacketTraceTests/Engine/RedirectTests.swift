import ControlPlane
import NetModel
import PacketTrace
import Testing

/// What a router says to a sender on the same link that could have gone straight.
@Suite struct RedirectTests {
  private static let router = StackID.host(NodeID("router"))
  private static let node = StackID.host(NodeID("k8s-ctr"))
  private static let target = IPv4Address(192, 168, 10, 101)
  private static let detour = Edit.addRoute(
    Route(
      destination: .host(target),
      nextHops: [NextHop(gateway: IPv4Address(192, 168, 10, 200), interface: "eth1")]), on: node)

  private func lab(_ edits: [Edit] = []) throws -> TestLab {
    var lab = try TestLab()
    for edit in [Self.detour] + edits { try lab.apply(edit) }
    return lab
  }

  /// Recorded with the kernel vectors, seedlab icmp.
  @Test func theSenderIsToldAndThePacketGoesOn() throws {
    let lab = try lab()
    let path = try lab.ping("k8s-ctr", "192.168.10.101")
    #expect(path.outcome.disposition == .delivered)
    let step = try #require(path.hops.flatMap(\.steps).first { $0.kind == .redirect })
    #expect(step.before == step.after)
    #expect(
      step.evidence
        == .redirect(
          RedirectNotice(
            router: IPv4Address(192, 168, 10, 200), sender: IPv4Address(192, 168, 10, 100),
            gateway: Self.target)))
    let way = try #require(lab.network.snapshot().redirect(of: step))
    #expect(way.outcome.disposition == .delivered)
    let told = try #require(way.hops.last?.steps.last)
    #expect(told.stack == Self.node)
    #expect(told.after.icmp?.message == .redirect(gateway: Self.target))
    #expect(told.after.quotedPacket?.outerIP?.ttl == 63)
    #expect(lab.network.snapshot().redirect(of: path.hops[0].steps[0]) == nil)
  }

  struct Silence {
    let edits: [Edit]
    let source: String
    let destination: String
  }

  @Test(arguments: [
    Silence(
      edits: [
        .setSysctl("net.ipv4.conf.all.send_redirects", value: 0, on: router),
        .setSysctl("net.ipv4.conf.eth1.send_redirects", value: 0, on: router),
      ], source: "k8s-ctr", destination: "192.168.10.101"),
    Silence(edits: [], source: "k8s-ctr", destination: "192.168.20.100"),
    Silence(edits: [], source: "k8s-w1", destination: "192.168.10.100"),
  ])
  func nothingIsSaid(silence: Silence) throws {
    let path = try lab(silence.edits).ping(silence.source, silence.destination)
    #expect(path.outcome.disposition == .delivered)
    #expect(!path.hops.flatMap(\.steps).contains { $0.kind == .redirect })
  }

  /// A pod behind its node is on no link with the router.
  @Test func podsAreNotTold() throws {
    let lab = try lab([
      .addRoute(
        Route(
          destination: IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 24),
          nextHops: [NextHop(gateway: IPv4Address(192, 168, 10, 100), interface: "eth1")]), on: Self.router)
    ])
    let path = try lab.ping("curl-pod", "192.168.10.101")
    #expect(path.hops.contains { $0.node == NodeID("router") })
    #expect(!path.hops.flatMap(\.steps).contains { $0.kind == .redirect })
  }

  @Test func captures() throws {
    let lab = try lab()
    let flow = try lab.network.snapshot().flow(
      FlowRequest(source: "k8s-ctr", destination: "192.168.10.101", content: .icmp)
    ).flow
    let snapshot = lab.network.snapshot()
    let captures = snapshot.walk(flow, roundTrip: true).captures(in: snapshot)
    let seen = captures.filter { $0.interface == InterfaceID(Self.node, "eth1") && $0.packet.icmp != nil }
    let messages = seen.map { $0.packet.icmp?.message.type }
    #expect(messages == [8, 5, 0])
  }

  @Test func onlyThoseThatAreAdmittedStay() throws {
    let path = try lab().ping("k8s-ctr", "192.168.10.101")
    #expect(path.keepingRedirects { _, _ in true } == path)
    let silent = path.keepingRedirects { notice, router in
      notice.gateway != Self.target || router != NodeID("router")
    }
    #expect(silent.hops.flatMap(\.steps).count == path.hops.flatMap(\.steps).count - 1)
  }
}
