import NetModel
import Testing

@testable import PacketTrace

@Suite struct PacketDiffTests {
  let pod = IPv4Address(172, 20, 0, 88)
  let web = IPv4Address(172, 20, 2, 33)

  var packet: Packet {
    Packet(headers: [
      .ipv4(IPv4Header(source: pod, destination: web)),
      .tcp(
        TCPHeader(
          sourcePort: 41794, destinationPort: 80, flags: .syn, window: 64860,
          options: [.maximumSegmentSize(1460)])),
    ])
  }

  var frame: Packet { packet.framed(EthernetHeader(destination: .broadcast, source: .zero)) }

  @Test func nothingChanged() {
    #expect(PacketDiff(from: frame, to: frame).isEmpty)
  }

  @Test func fieldsOfAKeptHeader() {
    var after = packet
    after.innerIP?.ttl = 63
    after.tcp?.maximumSegmentSize = 1410
    let diff = PacketDiff(from: packet, to: after)
    #expect(!diff.isEmpty)
    #expect(
      diff.headers == [
        .init(
          kind: .ipv4, change: .kept([.init(name: .ttl, before: .number(64), after: .number(63))])),
        .init(
          kind: .tcp,
          change: .kept([.init(name: .maximumSegmentSize, before: .number(1460), after: .number(1410))])),
      ])
  }

  @Test func aFramePutsOneHeaderInFront() {
    let diff = PacketDiff(from: packet, to: frame)
    #expect(diff.headers.map(\.kind) == [.ethernet, .ipv4, .tcp])
    #expect(
      diff.headers[0].change
        == .added([
          PacketField(.source, .mac(.zero)), PacketField(.destination, .mac(.broadcast)),
        ]))
    #expect(diff.headers.dropFirst().allSatisfy { $0.change == .kept([]) })
  }

  @Test func aTunnelPutsItsHeadersOutsideAndBackOff() {
    let outer: [Packet.Header] = [
      .ipv4(IPv4Header(source: pod, destination: web)),
      .udp(UDPHeader(sourcePort: 46993, destinationPort: 8472, hasChecksum: false)),
      .vxlan(VXLANHeader(vni: 45966)),
    ]
    let tunnelled = Packet(headers: outer + frame.headers)
    let added = PacketDiff(from: frame, to: tunnelled)
    #expect(added.headers.map(\.kind) == [.ipv4, .udp, .vxlan, .ethernet, .ipv4, .tcp])
    #expect(added.headers[2].change == .added([PacketField(.vni, .number(45966))]))
    #expect(added.headers[4].change == .kept([]))
    let removed = PacketDiff(from: tunnelled, to: frame)
    #expect(removed.headers[2].change == .removed([PacketField(.vni, .number(45966))]))
    #expect(removed.headers.count == 6)
  }

  @Test func optionsThatComeAndGo() {
    var after = packet
    after.tcp?.options = [.windowScale(7)]
    let fields = PacketDiff(from: packet, to: after).headers[1].change
    #expect(
      fields
        == .kept([
          .init(name: .windowScale, before: nil, after: .number(7)),
          .init(name: .maximumSegmentSize, before: .number(1460), after: nil),
        ]))
  }

  @Test func payload() {
    var after = packet
    after.payloadLength = 56
    let diff = PacketDiff(from: packet, to: after)
    #expect(diff.payloadLength == .init(before: 0, after: 56))
    #expect(diff.headers[0].change == .kept([.init(name: .length, before: .number(44), after: .number(100))]))
  }
}
