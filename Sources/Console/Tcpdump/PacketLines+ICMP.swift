import NetModel

extension PacketLines {
  mutating func text(of message: ICMPHeader.Message, in packet: Packet, at index: Int) -> String {
    let length = packet.length(from: index)
    switch message {
    case .echoRequest(let identifier, let sequence):
      return "ICMP echo request, id \(identifier), seq \(sequence), length \(length)"
    case .echoReply(let identifier, let sequence):
      return "ICMP echo reply, id \(identifier), seq \(sequence), length \(length)"
    case .timeExceeded:
      return "ICMP time exceeded in-transit, length \(length)" + quote(in: packet)
    case .redirect(let gateway):
      guard let target = packet.quotedPacket?.outerIP?.destination else { return " [|icmp]" }
      return "ICMP redirect \(target) to host \(gateway), length \(length)" + quote(in: packet)
    case .destinationUnreachable(let cause):
      guard let quoted = packet.quotedPacket else { return " [|icmp]" }
      return "ICMP \(PacketLines.text(of: cause, about: quoted)), length \(length)" + quote(in: packet)
    }
  }

  private static func text(of cause: ICMPHeader.Unreachable, about quoted: Packet) -> String {
    let target = quoted.outerIP?.destination ?? .any
    switch cause {
    case .network: return "net \(target) unreachable"
    case .host: return "host \(target) unreachable"
    case .protocol: return "\(target) protocol \(protocolNumber(of: quoted)) unreachable"
    case .port: return "\(target) \(port(of: quoted)) unreachable"
    case .fragmentationNeeded(let mtu):
      return "\(target) unreachable - need to frag" + (mtu == 0 ? "" : " (mtu \(mtu))")
    case .administrativelyProhibited: return "host \(target) unreachable - admin prohibited filter"
    }
  }

  private static func protocolNumber(of quoted: Packet) -> Int {
    switch quoted.headers.dropFirst().first {
    case .icmp: 1
    case .ipv4: 4
    case .tcp: 6
    case .udp: 17
    default: 255
    }
  }

  private static func port(of quoted: Packet) -> String {
    switch quoted.headers.dropFirst().first {
    case .tcp(let header): "tcp port \(header.destinationPort)"
    case .udp(let header): "udp port \(header.destinationPort)"
    default: "protocol \(protocolNumber(of: quoted)) port 0"
    }
  }

  /// What `-v` shows of the packet that the error is about.
  private mutating func quote(in packet: Packet) -> String {
    guard options.contains(.verbose), let quoted = packet.quotedPacket else { return "" }
    return "\n\t" + text(of: quoted, at: 0, isWhole: packet.payloadLength == quoted.length)
  }
}
