import NetModel

/// A number in a capture filter: a constant, bytes of a header, or what comes of several.
///
/// Source: pcap-filter(7), `expr1 relop expr2`.
package indirect enum CaptureTerm: Hashable, Sendable {
  case number(Int)
  /// Bytes of the whole frame.
  case length
  case bytes(Layer, CaptureTerm, size: Int)
  case binary(CaptureTerm, String, CaptureTerm)

  /// The header that an offset counts from.
  package enum Layer: String, Hashable, Sendable {
    case ethernet = "ether"
    case ip, arp, icmp, tcp, udp
  }

  package enum Relation: String, Hashable, Sendable {
    case equal = "="
    case same = "=="
    case notEqual = "!="
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="

    func holds(_ left: CaptureTerm, _ right: CaptureTerm, for packet: Packet) -> Bool {
      guard let left = left.value(in: packet), let right = right.value(in: packet) else { return false }
      return switch self {
      case .equal, .same: left == right
      case .notEqual: left != right
      case .less: left < right
      case .greater: left > right
      case .atMost: left <= right
      case .atLeast: left >= right
      }
    }
  }

  /// Signs that bind alike, those that bind closest last.
  static let precedence = [["|"], ["&"], ["^"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]]

  /// Everything that may stand behind a number.
  static let signs = Set(precedence.joined()).union(["=", "==", "!=", "<", ">", "<=", ">="])

  /// A number, decimal, hexadecimal or octal, or one of the language's names; `nil` for any other word.
  static func number(_ word: String) -> Int? {
    ipNumber(word) ?? names[word]
  }

  private static let names: [String: Int] = [
    "tcpflags": 13, "tcp-fin": 0x01, "tcp-syn": 0x02, "tcp-rst": 0x04, "tcp-push": 0x08, "tcp-ack": 0x10,
    "tcp-urg": 0x20, "tcp-ece": 0x40, "tcp-cwr": 0x80,
    "icmptype": 0, "icmpcode": 1, "icmp-echoreply": 0, "icmp-unreach": 3, "icmp-sourcequench": 4,
    "icmp-redirect": 5, "icmp-echo": 8, "icmp-routeradvert": 9, "icmp-routersolicit": 10, "icmp-timxceed": 11,
    "icmp-paramprob": 12, "icmp-tstamp": 13, "icmp-tstampreply": 14,
  ]

  /// The number for a packet; `nil` where the packet lacks the header or the bytes.
  func value(in packet: Packet) -> Int? {
    switch self {
    case .number(let number): return number
    case .length: return packet.length
    case .bytes(let layer, let offset, let size):
      guard let start = layer.start(in: packet), let offset = offset.value(in: packet), offset >= 0,
        offset < 65_536
      else { return nil }
      return packet.bytes.number(atByte: start + offset, size: size)
    case .binary(let left, let sign, let right):
      guard let left = left.value(in: packet), let right = right.value(in: packet) else { return nil }
      return Self.result(UInt32(truncatingIfNeeded: left), sign, UInt32(truncatingIfNeeded: right)).map {
        Int($0)
      }
    }
  }

  /// In 32 bits without sign, as BPF counts; `nil` for a division by 0.
  private static func result(_ left: UInt32, _ sign: String, _ right: UInt32) -> UInt32? {
    switch sign {
    case "|": left | right
    case "&": left & right
    case "^": left ^ right
    case "<<": left << right
    case ">>": left >> right
    case "+": left &+ right
    case "-": left &- right
    case "*": left &* right
    case "/": right == 0 ? nil : left / right
    default: right == 0 ? nil : left % right
    }
  }
}

extension CaptureTerm.Layer {
  /// Where the header begins in the frame's bytes; `nil` where the packet has none, or only a later fragment of it.
  fileprivate func start(in packet: Packet) -> Int? {
    let frame = packet.ethernet == nil ? 0 : EthernetHeader.length
    let headers = packet.unframed.headers
    switch self {
    case .ethernet: return packet.ethernet == nil ? nil : 0
    case .ip:
      guard case .ipv4 = headers.first else { return nil }
      return frame
    case .arp:
      guard case .arp = headers.first else { return nil }
      return frame
    case .icmp, .tcp, .udp:
      guard case .ipv4(let header) = headers.first, headers.count > 1 else { return nil }
      switch (self, headers[1]) {
      case (.icmp, .icmp), (.tcp, .tcp), (.udp, .udp): return frame + header.length
      default: return nil
      }
    }
  }
}

extension [UInt8] {
  /// A number in network order; `nil` where the bytes end before it does.
  func number(atByte position: Int, size: Int) -> Int? {
    guard position >= 0, position + size <= count else { return nil }
    return self[position..<position + size].reduce(0) { $0 << 8 | Int($1) }
  }
}
