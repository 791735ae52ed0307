import NetModel

extension PacketLines {
  /// tcpdump knows tunnels by their port alone.
  mutating func text(of header: UDPHeader, in packet: Packet, at index: Int) -> String {
    let length = packet.length(from: index) - UDPHeader.length
    let ports = [header.sourcePort, header.destinationPort]
    let next = index + 1 < packet.headers.count ? packet.headers[index + 1] : nil
    switch next {
    case .vxlan(let tunnel) where ports.contains(8472):
      return "OTV, flags [I] (0x08), overlay 0, instance \(tunnel.vni)\n" + inner(of: packet, at: index + 2)
    case .vxlan(let tunnel) where ports.contains(4789):
      return "VXLAN, flags [I] (0x08), vni \(tunnel.vni)\n" + inner(of: packet, at: index + 2)
    case .geneve(let tunnel) where ports.contains(6081):
      return geneve(tunnel) + inner(of: packet, at: index + 2)
    case nil where ports.contains(53) && packet.isEmptyQuery:
      return "0 [0q] (\(length))"
    default:
      return "UDP, length \(length)"
    }
  }

  private mutating func inner(of packet: Packet, at index: Int) -> String {
    text(of: packet, at: index, isWhole: true)
  }

  private func geneve(_ header: GeneveHeader) -> String {
    let showsType = options.contains(.linkLayer)
    return "Geneve, Flags [none], vni 0x\(String(header.vni, radix: 16))"
      + (showsType ? ", proto TEB (0x6558)" : "") + (options.contains(.verbose) ? "\n\t" : ": ")
  }
}

extension Packet {
  /// A DNS message reads zeros as a query without questions.
  fileprivate var isEmptyQuery: Bool {
    if case .filler(let length) = payload { length >= 12 } else { false }
  }
}
