import ControlPlane
import NetModel
import PacketTrace
import Testing

/// Things that break, each with its true symptom.
@Suite struct BrokenNetworkTests {
  private static let router = StackID.host(NodeID("router"))

  struct Case: CustomTestStringConvertible {
    let name: String
    let edits: [Edit]
    var mode = CiliumSettings.RoutingMode.tunnel(.vxlan)
    var to = "172.20.2.33"
    let disposition: Disposition
    let reason: Reason
    let node: String

    var testDescription: String { name }
  }

  private static let cases: [Case] = [
    Case(
      name: "a link is down on the way",
      edits: [.setLink(InterfaceID(router, "eth2"), isUp: false)],
      disposition: .exitsNetwork, reason: .leftNetwork, node: "router"),
    Case(
      name: "the target's link is down",
      edits: [.setLink(InterfaceID(.host(NodeID("k8s-w0")), "eth1"), isUp: false)],
      disposition: .neighborUnreachable, reason: .noARPAnswer, node: "router"),
    Case(
      name: "a node is off", edits: [.setPower(NodeID("k8s-w0"), isOn: false)],
      disposition: .neighborUnreachable, reason: .noARPAnswer, node: "router"),
    Case(
      name: "UDP 8472 is blocked", edits: [.setPortFilter(WireID("subnet2"), port: 8472, isBlocked: true)],
      disposition: .dropped, reason: .portBlocked, node: "router"),
    Case(
      name: "the router does not forward", edits: [.setSysctl("net.ipv4.ip_forward", value: 0, on: router)],
      disposition: .dropped, reason: .forwardingDisabled, node: "router"),
    Case(
      name: "the source is filtered",
      edits: [.setSysctl("net.ipv4.conf.all.rp_filter", value: 1, on: router)],
      mode: .native, disposition: .dropped, reason: .reversePathFilter, node: "router"),
    Case(
      name: "a route leads into a black hole",
      edits: [
        .addRoute(
          Route(
            type: .blackhole, destination: IPv4Prefix(IPv4Address(172, 20, 2, 0), length: 24), nextHops: []),
          on: router)
      ],
      mode: .native, disposition: .nullRouted, reason: .blackholeRoute, node: "router"),
    Case(
      name: "the other node's agent has not taken the tunnel yet",
      edits: [
        .setHelmValues(
          CiliumSettings.RoutingMode.tunnel(.vxlan).helmSettings, restart: .node(NodeID("k8s-ctr")))
      ],
      mode: .native, disposition: .dropped, reason: .noTunnelDevice, node: "k8s-w0"),
    Case(
      name: "routes are the tunnel's, programs not yet",
      edits: [
        .setHelmValues(CiliumSettings.RoutingMode.tunnel(.vxlan).helmSettings, restart: .none),
        .beginAgentRestart(NodeID("k8s-ctr")),
      ],
      mode: .native, to: "172.20.1.108", disposition: .loop, reason: .forwardingLoop, node: "k8s-ctr"),
  ]

  @Test(arguments: cases)
  func symptom(broken: Case) throws {
    var lab = try TestLab(mode: broken.mode)
    for edit in broken.edits { try lab.apply(edit) }
    let walk = try lab.walk(FlowRequest(source: "curl-pod", destination: broken.to))
    let outcome = try #require(walk.paths.first?.outcome)
    #expect(outcome.disposition == broken.disposition)
    #expect(outcome.reason == broken.reason)
    #expect(outcome.node == NodeID(broken.node))
    #expect(walk.violations(in: lab.network.snapshot()) == [])
  }

  /// The guide saw "From 172.20.0.43 icmp_seq=21 Time to live exceeded" at this moment.
  @Test func theLoopIsToldByTheNodesOwnAddress() throws {
    var lab = try TestLab(mode: .native)
    for edit in BrokenNetworkTests.cases.last?.edits ?? [] { try lab.apply(edit) }
    let path = try lab.ping("curl-pod", "172.20.1.108")
    let told = try #require(path.reply?.hops.last?.steps.last?.after)
    #expect(told.icmp?.message == .timeExceeded)
    #expect(told.innerIP?.source == IPv4Address(172, 20, 0, 43))
    #expect(path.reply?.outcome.disposition == .delivered)
  }

  /// Found by random labs: the other node's address lies behind the tunnel that leads there.
  @Test func aTunnelThatLeadsIntoItselfEnds() throws {
    var snapshot = ClusterSnapshot.make(.tunnel(.vxlan))
    let node = try #require(snapshot.stacks.firstIndex { $0.id == .host(NodeID("n1")) })
    snapshot.stacks[node].routes = RouteTables(
      snapshot.stacks[node].kernelRoutes() + [
        Route(
          destination: IPv4Prefix(ClusterSnapshot.serverAddress, length: 24), scope: .link,
          nextHops: [NextHop(interface: "cilium_host")])
      ])
    let agent = try #require(snapshot.agents.firstIndex { $0.node == NodeID("n1") })
    let entries = snapshot.agents[agent].datapath.ipcache
    let server = try #require(entries.firstIndex { $0.prefix == .host(ClusterSnapshot.serverAddress) })
    snapshot.agents[agent].datapath.ipcache[server].tunnelEndpoint = ClusterSnapshot.serverAddress
    for flow in ClusterSnapshot.flows {
      let walk = snapshot.walk(flow, roundTrip: true)
      let path = try #require(walk.paths.first)
      #expect(path.outcome == Outcome(disposition: .loop, node: NodeID("n1"), reason: .forwardingLoop))
      #expect(walk.violations(in: snapshot) == [])
    }
  }

  struct Size: CustomTestStringConvertible {
    let bytes: Int
    let mayFragment: Bool
    let mode: CiliumSettings.RoutingMode
    let disposition: Disposition
    let pieces: Int?

    var testDescription: String { "\(bytes) bytes, \(mode), may fragment: \(mayFragment)" }
  }

  @Test(arguments: [
    Size(bytes: 1422, mayFragment: false, mode: .tunnel(.vxlan), disposition: .delivered, pieces: nil),
    Size(bytes: 1472, mayFragment: false, mode: .tunnel(.vxlan), disposition: .dropped, pieces: nil),
    Size(bytes: 1472, mayFragment: false, mode: .native, disposition: .delivered, pieces: nil),
    Size(bytes: 1473, mayFragment: true, mode: .native, disposition: .delivered, pieces: 2),
  ])
  func sizes(size: Size) throws {
    let lab = try TestLab(mode: size.mode)
    let flow = Flow(
      origin: .pod(PodID(namespace: "default", name: "curl-pod")), destination: IPv4Address(172, 20, 1, 108),
      content: .echo, payloadLength: size.bytes, dontFragment: !size.mayFragment)
    let path = try #require(lab.network.snapshot().walk(flow).paths.first)
    #expect(path.outcome.disposition == size.disposition)
    let answers = path.hops.flatMap(\.steps).compactMap { step -> SizeCheck.Answer? in
      if case .size(let check) = step.evidence { check.answer } else { nil }
    }
    let expected = size.pieces.map { SizeCheck.Answer.fragmented($0) }
    #expect(answers.first == (size.disposition == .dropped ? .mayNotFragment : expected))
  }
}
