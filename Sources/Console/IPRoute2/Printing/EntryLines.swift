import NetModel

extension Route {
  /// The route in one line, as `ip route show` prints it with its table left out.
  package var ipLine: String {
    var entry = IPEntry(style: IPStyle())
    RouteEntry(route: RouteMessage(self), hidden: .table).write(to: &entry)
    return entry.text.inOneLine
  }
}

extension Neighbor {
  /// The neighbor in one line, as `ip neigh` prints it.
  package var ipLine: String {
    var entry = IPEntry(style: IPStyle())
    NeighborEntry(neighbor: self).write(to: &entry)
    return entry.text.inOneLine
  }
}

extension String {
  /// Runs of blanks and line breaks as one blank each, none at the ends.
  fileprivate var inOneLine: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    for byte in utf8 {
      if byte > UInt8(ascii: " ") {
        bytes.append(byte)
      } else if let last = bytes.last, last != UInt8(ascii: " ") {
        bytes.append(UInt8(ascii: " "))
      }
    }
    if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
