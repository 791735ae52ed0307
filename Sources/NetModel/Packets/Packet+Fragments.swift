extension Packet {
  /// The packet cut into pieces whose IPv4 packets take at most `limit` bytes; the packet itself where it fits.
  ///
  /// Cut is the innermost IPv4 packet, or the outermost one where `cutsTunnel`. Checksums of what is inside
  /// cover the whole, so the pieces hold bytes.
  ///
  /// Source: RFC 791, section 3.2; Linux `net/ipv4/ip_output.c`, `ip_do_fragment`.
  package func fragments(limit: Int, cutsTunnel: Bool) -> [Packet] {
    let place = cutsTunnel ? headers.firstIndex(where: \.isIPv4) : headers.lastIndex(where: \.isIPv4)
    guard let place, case .ipv4(var header) = headers[place], length(from: place) > limit else {
      return [self]
    }
    let data = Array(bytes[(offset(ofHeaderAt: place) + header.length)...])
    let next = place + 1 < headers.count ? headers[place + 1] : nil
    let room = max((limit - header.length) / 8 * 8, 8)
    return stride(from: 0, to: data.count, by: room).map { start in
      let end = min(start + room, data.count)
      header.fragment = IPv4Header.Fragment(
        offset: start, isLast: end == data.count, protocol: next.ipProtocol)
      return Packet(headers: headers[..<place] + [.ipv4(header)], payload: .bytes(Array(data[start..<end])))
    }
  }
}
