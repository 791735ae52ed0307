import NetModel
import PacketTesting
import Testing

@Suite struct PacketBytesTests {
  @Test func recordedFramesComeOutAgain() throws {
    let frames = try RecordedFrame.all().flatMap(\.self)
    #expect(frames.count == 40)
    for frame in frames {
      let packet = try Packet(parsing: frame.bytes)
      let masked = packet.transportChecksums
      #expect(
        zeroed(packet.bytes, at: masked) == zeroed(frame.bytes, at: masked), "\(frame.capture): \(frame.line)"
      )
    }
  }

  @Test func theRecordedFramesWithoutTransportChecksumsAreExact() throws {
    let exact = try RecordedFrame.all().flatMap(\.self).filter { frame in
      try Packet(parsing: frame.bytes).bytes == frame.bytes
    }
    // All but the twelve frames with TCP inside and the three datagrams: the recorder left their sums to hardware.
    #expect(exact.count == 40 - 12 - 3)
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func checksumsAgreeWithTheSlowTwin(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let packet = generator.packet()
    let bytes = packet.bytes
    #expect(bytes.count == packet.length, "seed \(seed)")
    for index in packet.headers.indices {
      let start = packet.offset(ofHeaderAt: index)
      switch packet.headers[index] {
      case .ipv4: #expect(slowSum(Array(bytes[start..<start + 20])) == 0xffff, "seed \(seed)")
      case .icmp: #expect(slowSum(Array(bytes[start...])) == 0xffff, "seed \(seed)")
      case .tcp: #expect(slowSum(packet.pseudoHeader(at: index) + bytes[start...]) == 0xffff, "seed \(seed)")
      case .udp(let header) where header.hasChecksum:
        #expect(slowSum(packet.pseudoHeader(at: index) + bytes[start...]) == 0xffff, "seed \(seed)")
      case .udp: #expect(bytes[start + 6] == 0 && bytes[start + 7] == 0, "seed \(seed)")
      case .ethernet, .arp, .vxlan, .geneve: break
      }
    }
  }

  @Test func aChecksumOfZeroIsSentAsOnes() {
    // The two bytes of the payload make the sum come out as zero.
    let ip = IPv4Header(source: IPv4Address(1, 2, 3, 4), destination: IPv4Address(5, 6, 7, 8))
    let header = UDPHeader(sourcePort: 1, destinationPort: 2)
    let plain = Packet(headers: [.ipv4(ip), .udp(header)], payload: .bytes([0, 0]))
    let packet = Packet(headers: plain.headers, payload: .bytes(Array(plain.bytes[26..<28])))
    #expect(Array(packet.bytes[26..<28]) == [0xff, 0xff])
  }

  @Test func anErrorQuotesUpTo576Bytes() {
    let ip = IPv4Header(source: IPv4Address(10, 0, 0, 1), destination: IPv4Address(10, 0, 0, 2))
    let cause = Packet(
      headers: [.ipv4(ip), .udp(UDPHeader(sourcePort: 1, destinationPort: 2))], payloadLength: 1472)
    let error = Packet(
      headers: [.ipv4(ip), .icmp(ICMPHeader(.destinationUnreachable(.port)))], payload: .quote(of: cause))
    #expect(error.length == 576)
    #expect(Array(error.bytes[28...]) == Array(cause.bytes.prefix(548)))
    #expect(error.quotedPacket == cause)
  }
}

extension Packet {
  /// Positions of the TCP and UDP checksums.
  fileprivate var transportChecksums: [Int] {
    fields.filter { field in
      guard field.name == .checksum else { return false }
      switch headers[field.header] {
      case .tcp: return true
      case .udp(let header): return header.hasChecksum
      default: return false
      }
    }.flatMap(\.bytes)
  }

  fileprivate func pseudoHeader(at index: Int) -> [UInt8] {
    guard index > 0, case .ipv4(let ip) = headers[index - 1] else { return [] }
    let number: UInt8 = if case .tcp = headers[index] { 6 } else { 17 }
    let length = length(from: index)
    return ip.source.bytes + ip.destination.bytes + [0, number, UInt8(length >> 8), UInt8(length & 0xff)]
  }
}

private func zeroed(_ bytes: [UInt8], at positions: [Int]) -> [UInt8] {
  var bytes = bytes
  for position in positions { bytes[position] = 0 }
  return bytes
}

/// The ones' complement sum, word by word with the carry added at once.
private func slowSum(_ bytes: [UInt8]) -> Int {
  let padded = bytes.count.isMultiple(of: 2) ? bytes : bytes + [0]
  var sum = 0
  for position in stride(from: 0, to: padded.count, by: 2) {
    sum += Int(padded[position]) * 256 + Int(padded[position + 1])
    if sum > 65535 { sum -= 65535 }
  }
  return sum
}
