/// The protocol and port of a key in a policy map; the port as a prefix, as the map's trie takes it.
///
/// Source: Cilium `bpf/lib/policy.h`, `struct policy_key`.
package struct L4Match: Hashable, Comparable, Sendable {
  /// `nil` is every protocol.
  package let `protocol`: PolicyProtocol?
  /// The lowest port; 0 where every port matches. For ICMP the message's type.
  package let port: UInt16
  /// How many leading bits of the port count, from 0 to 16.
  package let portBits: Int

  package init(_ protocol: PolicyProtocol, port: UInt16, portBits: Int = 16) {
    precondition((0...16).contains(portBits), "port bits \(portBits)")
    self.protocol = `protocol`
    self.portBits = portBits
    self.port = port & L4Match.mask(portBits)
  }

  private init() {
    `protocol` = nil
    port = 0
    portBits = 0
  }

  /// Every protocol and port.
  package static let any = L4Match()

  /// The bits of protocol and port that count: 0, 8, or up to 24.
  package var prefixLength: Int { `protocol` == nil ? 0 : 8 + portBits }

  /// The highest port that matches.
  package var lastPort: UInt16 { port | ~L4Match.mask(portBits) }

  package func contains(_ other: L4Match) -> Bool {
    guard let `protocol` else { return true }
    return `protocol` == other.protocol && portBits <= other.portBits
      && other.port & L4Match.mask(portBits) == port
  }

  private static func mask(_ bits: Int) -> UInt16 {
    bits == 0 ? 0 : ~0 << UInt16(16 - bits)
  }

  package static func < (left: L4Match, right: L4Match) -> Bool {
    (left.protocol?.rawValue ?? 0, left.port, left.portBits)
      < (right.protocol?.rawValue ?? 0, right.port, right.portBits)
  }
}

extension L4Match: CustomStringConvertible {
  /// `PORT/PROTOCOL`, `FIRST-LAST/PROTOCOL`, `PROTOCOL` or `ANY`.
  ///
  /// Source: Cilium `pkg/maps/policymap/policymap.go`, `PortProtoString`.
  package var description: String {
    guard let `protocol` else { return "ANY" }
    switch portBits {
    case 0: return `protocol`.name
    case 16: return "\(port)/\(`protocol`.name)"
    default: return "\(port)-\(lastPort)/\(`protocol`.name)"
    }
  }
}

extension L4Match {
  /// The fewest prefixes that hold the ports from `first` to `last`, in ascending order.
  ///
  /// Port 0 alone is every port; a `last` below `first` counts as `first`.
  ///
  /// Source: Cilium `pkg/policy/portrange.go`, `PortRangeToMaskedPorts`.
  package static func prefixes(
    _ protocol: PolicyProtocol, from first: UInt16, to last: UInt16
  ) -> [L4Match] {
    if first == 0 && (last == 0 || last == .max) { return [L4Match(`protocol`, port: 0, portBits: 0)] }
    var prefixes: [L4Match] = []
    var next = UInt32(first)
    let end = UInt32(max(first, last))
    while next <= end {
      var bits = 16
      while bits > 0, next & (1 << UInt32(16 - bits)) == 0, next + (2 << UInt32(16 - bits)) - 1 <= end {
        bits -= 1
      }
      prefixes.append(L4Match(`protocol`, port: UInt16(next), portBits: bits))
      next += 1 << UInt32(16 - bits)
    }
    return prefixes
  }
}
