import Console
import NetModel
import PacketTesting
import PacketTrace
import Testing

/// The real tcpdump reads our packets as our lines do.
@Suite(.enabled(if: ExternalTool("tcpdump") != nil))
struct TcpdumpAgreementTests {
  @Test(arguments: [PacketLines.Options(), .linkLayer, .verbose, [.linkLayer, .verbose], .absoluteNumbers])
  func randomPacketsReadAlike(options: PacketLines.Options) throws {
    var generator = SeededGenerator(seed: 7)
    let packets = (0..<500).map { _ in generator.packet().framedForCapture }
    try expectAgreement(on: packets, options: options)
  }

  @Test(arguments: [PacketLines.Options(), .verbose])
  func aConversationIsReadAlike(options: PacketLines.Options) throws {
    try expectAgreement(on: conversation, options: options)
  }

  private func expectAgreement(on packets: [Packet], options: PacketLines.Options) throws {
    let tcpdump = try #require(ExternalTool("tcpdump"))
    let file = Pcapng(
      interfaces: [.init(name: "eth0")],
      packets: packets.map { .init(interface: 0, nanoseconds: 0, bytes: $0.bytes, direction: .inbound) })
    let output = try tcpdump.output(
      of: ["-nn", "-t"] + options.letters + ["-r", "FILE"], reading: file.bytes)
    var lines = PacketLines(options: options)
    let ours = packets.map { lines.text(of: $0) + "\n" }.joined()
    #expect(ours.split(separator: "\n") == output.split(separator: "\n"))
  }

  /// A connection with data, both of whose directions pass the end of the number space.
  private var conversation: [Packet] {
    let request = "GET / HTTP/1.1\r\nHost: webpod\r\n\r\n"
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
    let client = UInt32.max - 5
    return [
      segment(true, client, 0, .syn), segment(false, 7, client &+ 1, [.syn, .ack]),
      segment(true, client &+ 1, 8, .ack), segment(true, client &+ 1, 8, [.psh, .ack], request),
      segment(false, 8, client &+ 1 &+ UInt32(request.utf8.count), [.psh, .ack], answer),
      segment(false, 8, client &+ 30, [.psh, .ack], "more of it"),
      segment(true, client &+ 50, 60, [.fin, .ack]), segment(false, 60, 0, .rst),
    ]
  }

  private func segment(
    _ isRequest: Bool, _ sequence: UInt32, _ acknowledgment: UInt32, _ flags: TCPHeader.Flags,
    _ text: String = ""
  ) -> Packet {
    let (client, server) = (IPv4Address(172, 20, 0, 88), IPv4Address(172, 20, 2, 33))
    let ip =
      isRequest ? IPv4Header(source: client, destination: server) : .init(source: server, destination: client)
    let tcp = TCPHeader(
      sourcePort: isRequest ? 41794 : 80, destinationPort: isRequest ? 80 : 41794, sequence: sequence,
      acknowledgment: acknowledgment, flags: flags, window: 502,
      options: [.noOperation, .noOperation, .timestamps(value: 1, echo: 2)])
    return Packet(headers: [.ipv4(ip), .tcp(tcp)], payload: .bytes(Array(text.utf8))).framedForCapture
  }
}

extension PacketLines.Options {
  fileprivate var letters: [String] {
    (contains(.linkLayer) ? ["-e"] : []) + (contains(.verbose) ? ["-v"] : [])
      + (contains(.absoluteNumbers) ? ["-S"] : [])
  }
}

extension Packet {
  fileprivate var framedForCapture: Packet {
    ethernet == nil ? framed(EthernetHeader(destination: .broadcast, source: MACAddress(rawValue: 2))) : self
  }
}
