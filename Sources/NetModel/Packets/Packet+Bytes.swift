extension Packet {
  /// The packet as it is on the wire, without preamble and check sequence, with right lengths and checksums.
  package var bytes: [UInt8] {
    var writer = BitWriter()
    for index in headers.indices {
      for field in layout(ofHeaderAt: index) {
        writer.append(field.number, bits: field.bits)
      }
    }
    var bytes = writer.bytes + payloadBytes
    // An outer checksum covers the inner ones.
    for index in headers.indices.reversed() {
      fillChecksum(ofHeaderAt: index, in: &bytes)
    }
    return bytes
  }

  /// Every field of every header in the order of transmission.
  package var fields: [HeaderField] {
    let bytes = bytes
    var offset = 0
    return headers.indices.flatMap { index in
      layout(ofHeaderAt: index).map { field in
        defer { offset += field.bits }
        return HeaderField(
          header: index, name: field.name, bitOffset: offset, bitLength: field.bits,
          number: bytes.number(atBit: offset, bits: field.bits), source: field.source)
      }
    }
  }

  /// Bytes in front of the header at `index`; with the number of headers, those in front of the payload.
  package func offset(ofHeaderAt index: Int) -> Int {
    headers[..<index].reduce(0) { $0 + $1.length }
  }

  private func fillChecksum(ofHeaderAt index: Int, in bytes: inout [UInt8]) {
    let start = offset(ofHeaderAt: index)
    switch headers[index] {
    case .ipv4(let header):
      bytes.put(checksum(of: bytes[start..<start + header.length]), at: start + 10)
    case .icmp:
      bytes.put(checksum(of: bytes[start...]), at: start + 2)
    case .tcp:
      bytes.put(checksum(of: bytes[start...], from: index, IPProtocol.tcp), at: start + 16)
    case .udp(let header) where header.hasChecksum:
      let sum = checksum(of: bytes[start...], from: index, IPProtocol.udp)
      // Zero would say that there is no checksum (RFC 768).
      bytes.put(sum == 0 ? 0xffff : sum, at: start + 6)
    case .udp, .ethernet, .vxlan, .geneve, .arp: break
    }
  }

  private func checksum(of bytes: ArraySlice<UInt8>) -> UInt16 {
    var sum = InternetChecksum()
    sum.add(bytes)
    return sum.value
  }

  /// The checksum of a transport header and what follows it, with the pseudo-header of the IPv4 header before.
  ///
  /// Source: RFC 9293, section 3.1; RFC 768.
  private func checksum(of bytes: ArraySlice<UInt8>, from index: Int, _ protocol: UInt8) -> UInt16 {
    var sum = InternetChecksum()
    if index > 0, case .ipv4(let header) = headers[index - 1] {
      sum.add(header.source.rawValue)
      sum.add(header.destination.rawValue)
      sum.add(UInt32(`protocol`))
      sum.add(UInt32(truncatingIfNeeded: bytes.count))
    }
    sum.add(bytes)
    return sum.value
  }
}

/// Collects fields of any width into bytes, most significant bit first.
private struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var pending: UInt8 = 0
  private var pendingBits = 0

  mutating func append(_ number: UInt64, bits: Int) {
    for bit in (0..<UInt64(bits)).reversed() {
      pending = pending << 1 | UInt8(truncatingIfNeeded: number >> bit & 1)
      pendingBits += 1
      if pendingBits == 8 {
        bytes.append(pending)
        pendingBits = 0
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func put(_ number: UInt16, at offset: Int) {
    self[offset] = UInt8(number >> 8)
    self[offset + 1] = UInt8(number & 0xff)
  }

  fileprivate func number(atBit offset: Int, bits: Int) -> UInt64 {
    (offset..<offset + bits).reduce(0) { number, bit in
      number << 1 | UInt64(self[bit / 8] >> UInt8(7 - bit % 8) & 1)
    }
  }
}
