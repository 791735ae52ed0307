import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Console

@Suite struct GratuitousARPTests {
  /// The node that takes an address over says so to the whole wire, once.
  @Test func takingOverIsSeenOnTheWire() throws {
    var lab = try RunningLab.week4("l2")
    let address = try #require(
      lab.snapshot.agents.flatMap(\.datapath.l2Announcements).compactMap { row -> IPv4Address? in
        if case .v4(let address) = row.address { address } else { nil }
      }.first)
    let leader = try #require(Self.speaker(of: address, in: lab.snapshot))
    let begin = lab.traffic.packets.end
    try lab.apply(.setPower(leader, isOn: false))
    lab.now = lab.now + .seconds(60)
    let next = try #require(Self.speaker(of: address, in: lab.snapshot))
    #expect(next != leader)
    let seen = lab.traffic.packets.items(from: begin).map(\.seen).filter { seen in
      if case .arp(let arp) = seen.packet.headers.last { arp.senderAddress == address } else { false }
    }
    let router = seen.filter { $0.interface.stack == .host(NodeID("router")) }
    #expect(router.count == 1)
    let heard = try #require(router.first)
    guard case .arp(let arp) = heard.packet.headers.last else { return }
    #expect(arp.operation == .reply && arp.targetAddress == address && arp.targetMAC == .broadcast)
    #expect(heard.packet.ethernet?.destination == .broadcast)
    #expect(arp.senderMAC == lab.snapshot.stack(.host(next))?.interface(named: "eth1")?.mac)
  }

  private static func speaker(of address: IPv4Address, in snapshot: Snapshot) -> NodeID? {
    snapshot.agents.first { $0.datapath.l2Announcements.contains { $0.address == .v4(address) } }?.node
  }
}
