import ControlPlane
import NetModel

extension Packet {
  /// The ports of the innermost segment or datagram; `nil` for anything else.
  var ports: (source: UInt16, destination: UInt16)? {
    switch headers.last {
    case .tcp(let header): (header.sourcePort, header.destinationPort)
    case .udp(let header): (header.sourcePort, header.destinationPort)
    default: nil
    }
  }

  /// The protocol number of what the innermost IPv4 packet carries.
  ///
  /// Source: IANA, Assigned Internet Protocol Numbers.
  var transportNumber: UInt8 {
    switch headers.last {
    case .tcp: 6
    case .udp: 17
    default: 1
    }
  }

  /// The innermost packet reports on another one.
  var isICMPError: Bool { icmp?.message.isError == true }

  /// The transport of the innermost packet; `nil` for ICMP.
  var transport: Transport? { Transport(rawValue: transportNumber) }

  /// The question to the routing tables of the stack that the packet is in: outer header first.
  func query(arrivingBy device: String?) -> RouteQuery {
    let ip = outerIP
    let source = ip?.source == .any ? nil : ip?.source
    guard isEncapsulated else {
      return RouteQuery(
        destination: ip?.destination ?? .any, source: source, inputInterface: device, tos: ip?.tos ?? 0,
        ipProtocol: transportNumber, sourcePort: ports?.source ?? 0, destinationPort: ports?.destination ?? 0)
    }
    let outer = outerUDP
    return RouteQuery(
      destination: ip?.destination ?? .any, source: source, inputInterface: device, tos: ip?.tos ?? 0,
      ipProtocol: 17, sourcePort: outer?.sourcePort ?? 0, destinationPort: outer?.destinationPort ?? 0)
  }

  /// The UDP header that carries the tunnel.
  private var outerUDP: UDPHeader? {
    for case .udp(let header) in headers { return header }
    return nil
  }

  /// Replaces the innermost source address and, where there is one, the source port or ICMP identifier.
  mutating func setInnerSource(_ end: Flow.Backend) {
    innerIP?.source = end.address
    tcp?.sourcePort = end.port
    udp?.sourcePort = end.port
  }

  /// Replaces the source of the packet that an ICMP error is about; other packets stay as they are.
  mutating func setQuotedSource(_ end: Flow.Backend) {
    guard isICMPError, case .quote(var quoted, let length) = payload else { return }
    quoted.setInnerSource(end)
    payload = .quote(quoted, length: length)
  }

  /// Replaces the innermost destination address and, where there is one, the destination port.
  mutating func setInnerDestination(_ end: Flow.Backend) {
    innerIP?.destination = end.address
    tcp?.destinationPort = end.port
    udp?.destinationPort = end.port
  }
}
