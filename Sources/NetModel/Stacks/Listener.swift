/// A socket that waits for packets, as `ss -l` shows it.
package struct Listener: Hashable, Comparable, Sendable {
  package var transport: Transport
  package var port: UInt16

  package init(transport: Transport, port: UInt16) {
    self.transport = transport
    self.port = port
  }

  package static func < (left: Listener, right: Listener) -> Bool {
    (left.transport, left.port) < (right.transport, right.port)
  }
}

/// The protocols that have ports, by their numbers in the IPv4 header.
///
/// Source: IANA, Assigned Internet Protocol Numbers.
package enum Transport: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  case tcp = 6
  case udp = 17
  case sctp = 132

  /// As the registry and Kubernetes spell it: `TCP`.
  package var name: String {
    switch self {
    case .tcp: "TCP"
    case .udp: "UDP"
    case .sctp: "SCTP"
    }
  }

  package static func < (left: Transport, right: Transport) -> Bool { left.rawValue < right.rawValue }
}
