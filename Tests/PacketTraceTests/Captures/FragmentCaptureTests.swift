import ControlPlane
import NetModel
import PacketTesting
import PacketTrace
import Testing

/// A datagram that is cut up comes onto the wires in pieces.
@Suite struct FragmentCaptureTests {
  private static let length = 4000

  private func capture() throws -> (seen: [CapturedPacket], file: Pcapng) {
    let lab = try TestLab(mode: .native)
    let snapshot = lab.network.snapshot()
    let flow = Flow(
      origin: .host(NodeID("router")), destination: IPv4Address(192, 168, 10, 100), content: .echo,
      payloadLength: Self.length, dontFragment: false)
    let walk = snapshot.walk(flow)
    #expect(walk.paths.first?.outcome.disposition == .delivered)
    return (walk.captures(in: snapshot), walk.pcapng(in: snapshot))
  }

  @Test func everyWireCarriesPiecesThatFit() throws {
    let pieces = try capture().seen.filter { $0.packet.outerIP?.fragment != nil }
    #expect(pieces.allSatisfy { $0.packet.ipLength <= 1500 })
    let sent = pieces.filter { $0.direction == .outgoing && $0.interface.stack == .host(NodeID("router")) }
    #expect(sent.compactMap(\.packet.outerIP?.fragment?.offset) == [0, 1480, 2960])
  }

  @Test(.enabled(if: ExternalTool("tshark") != nil))
  func wiresharkPutsThemTogether() throws {
    let tshark = try #require(ExternalTool("tshark"))
    let fields = ["-T", "fields", "-e", "icmp.checksum.status", "-e", "data.len", "-e", "_ws.malformed"]
    let options = ["-r", "FILE", "-n", "-o", "ip.defragment:TRUE", "-Y", "icmp"] + fields
    let lines = try tshark.output(of: options, reading: try capture().file.bytes).split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      let values = line.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(values.first == "1", "the checksum over the whole is right")
      #expect(values.last == "")
    }
  }
}
