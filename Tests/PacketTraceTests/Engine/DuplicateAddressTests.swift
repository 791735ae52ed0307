import ControlPlane
import NetModel
import PacketTrace
import Testing

/// Two machines of one wire bear the same address.
@Suite struct DuplicateAddressTests {
  private static let address = IPv4Address(192, 168, 10, 150)

  private func path(bearers: [String]) throws -> (Path, Snapshot, Walk) {
    var lab = try TestLab(mode: .native)
    for name in bearers {
      let local = IPv4InterfaceAddress(Self.address, length: 24)
      let interface = InterfaceID(.host(NodeID(name)), "eth1")
      try lab.apply(.addAddress(.init(local: local, label: "eth1"), to: interface))
    }
    let request = FlowRequest(source: "router", destination: Self.address.description, content: .icmp)
    let walk = try lab.walk(request)
    return (try #require(walk.paths.first), lab.network.snapshot(), walk)
  }

  private func evidence(_ path: Path) throws -> NeighborEvidence {
    let found = path.hops.flatMap(\.steps).compactMap { step -> NeighborEvidence? in
      if case .neighbor(let evidence) = step.evidence { evidence } else { nil }
    }
    return try #require(found.first)
  }

  @Test(arguments: [["k8s-ctr"], ["k8s-ctr", "k8s-w1"], ["k8s-w1", "k8s-ctr"]])
  func theFirstAnswerCountsAndTheOthersAreShown(bearers: [String]) throws {
    let (path, snapshot, walk) = try path(bearers: bearers)
    #expect(path.outcome.disposition == .delivered)
    #expect(path.outcome.node.name == bearers.sorted().first)
    #expect(try evidence(path).rivals.count == bearers.count - 1)
    let replies = walk.captures(in: snapshot).filter { seen in
      guard case .arp(let packet) = seen.packet.headers.last else { return false }
      return packet.operation == .reply && packet.senderAddress == Self.address
        && seen.interface.stack == .host(NodeID("router"))
    }
    #expect(replies.count == bearers.count)
  }
}
