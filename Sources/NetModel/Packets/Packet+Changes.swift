extension Packet {
  /// Positions of the bytes that are new or other than in `earlier`, in ascending order.
  ///
  /// Headers are compared with their own earlier state: those of both packets are paired from the innermost
  /// outwards, then, where the inner ones are of other kinds, from the outermost inwards.
  package func changedBytes(since earlier: Packet) -> [Int] {
    let bytes = bytes
    let old = earlier.bytes
    let changes = headers.indices.flatMap { index in
      let range = byteRange(ofHeaderAt: index)
      guard let partner = partner(ofHeaderAt: index, in: earlier) else { return Array(range) }
      return bytes.changes(in: range, since: old[earlier.byteRange(ofHeaderAt: partner)])
    }
    let start = offset(ofHeaderAt: headers.count)
    let oldPayload = old[earlier.offset(ofHeaderAt: earlier.headers.count)...]
    return changes + bytes.changes(in: start..<bytes.count, since: oldPayload)
  }

  private func byteRange(ofHeaderAt index: Int) -> Range<Int> {
    let start = offset(ofHeaderAt: index)
    return start..<start + headers[index].length
  }

  private func partner(ofHeaderAt index: Int, in earlier: Packet) -> Int? {
    let inner = zip(headers.reversed(), earlier.headers.reversed()).prefix { $0.isSameKind(as: $1) }.count
    if index >= headers.count - inner { return index - headers.count + earlier.headers.count }
    let outer = zip(headers.dropLast(inner), earlier.headers.dropLast(inner))
      .prefix { $0.isSameKind(as: $1) }.count
    return index < outer ? index : nil
  }
}

extension Packet.Header {
  fileprivate func isSameKind(as other: Packet.Header) -> Bool {
    switch (self, other) {
    case (.ethernet, .ethernet), (.ipv4, .ipv4), (.tcp, .tcp), (.udp, .udp), (.icmp, .icmp),
      (.vxlan, .vxlan), (.geneve, .geneve), (.arp, .arp):
      true
    default: false
    }
  }
}

extension [UInt8] {
  fileprivate func changes(in range: Range<Int>, since old: ArraySlice<UInt8>) -> [Int] {
    range.filter { position in
      let earlier = old.startIndex + position - range.lowerBound
      return earlier >= old.endIndex || old[earlier] != self[position]
    }
  }
}
