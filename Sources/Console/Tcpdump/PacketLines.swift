import NetModel

/// What `tcpdump -nn` prints for packets, one after the other.
///
/// It remembers connections: their sequence numbers are relative from the second packet on.
///
/// Source: tcpdump 4.99.3, compared line by line with its own output.
package struct PacketLines: Sendable {
  package struct Options: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// `-e`: the link-layer header.
    package static let linkLayer = Options(rawValue: 1)
    /// `-v`: the IPv4 header, and what an ICMP error quotes.
    package static let verbose = Options(rawValue: 2)
    /// `-S`: sequence numbers as they are.
    package static let absoluteNumbers = Options(rawValue: 4)
    /// `-q`: less about each protocol.
    package static let quick = Options(rawValue: 8)
  }

  let options: Options
  /// What addresses are called, and ports by the usual names; `nil` prints numbers (`-n`).
  let names: [IPv4Address: String]?
  var connections = TCPConnections()

  package init(options: Options = [], names: [IPv4Address: String]? = nil) {
    self.options = options
    self.names = names
  }

  func text(_ address: IPv4Address) -> String {
    names?[address] ?? address.description
  }

  /// An address with a port.
  func text(_ address: IPv4Address, _ port: UInt16) -> String {
    let name = names == nil ? nil : PacketLines.serviceNames[port]
    return "\(text(address)).\(name ?? String(port))"
  }

  /// Source: Debian `netbase`, `/etc/services`.
  private static let serviceNames: [UInt16: String] = [
    22: "ssh", 53: "domain", 80: "http", 443: "https", 8080: "http-alt",
  ]

  /// The packet without time and interface; several lines where it is tunnelled or `-v` asks for more.
  ///
  /// Interior lines begin as tcpdump begins them; there is no newline at the end.
  package mutating func text(of packet: Packet) -> String {
    text(of: packet, at: 0, isWhole: true)
  }

  /// The packet from the header at `index` on; `isWhole` is false for a quote that was cut short.
  mutating func text(of packet: Packet, at index: Int, isWhole: Bool) -> String {
    guard index < packet.headers.count else { return "" }
    switch packet.headers[index] {
    case .ethernet(let header):
      return linkLayer(header, of: packet, at: index) + text(of: packet, at: index + 1, isWhole: isWhole)
    case .arp(let arp): return text(of: arp)
    case .ipv4(let header): return text(of: header, in: packet, at: index, isWhole: isWhole)
    case .tcp, .udp, .icmp, .vxlan, .geneve: return ""
    }
  }

  private func linkLayer(_ header: EthernetHeader, of packet: Packet, at index: Int) -> String {
    guard options.contains(.linkLayer) else { return "" }
    let type = PacketLines.etherType(behind: index, of: packet)
    return "\(header.source) > \(header.destination), \(type), length \(packet.length(from: index)): "
  }

  static func etherType(behind index: Int, of packet: Packet) -> String {
    if index + 1 < packet.headers.count, case .arp = packet.headers[index + 1] {
      return "ethertype ARP (0x0806)"
    }
    return "ethertype IPv4 (0x0800)"
  }

  private func text(of arp: ARPPacket) -> String {
    let name = options.contains(.linkLayer) ? "" : "ARP, "
    let kind = options.contains(.verbose) ? "Ethernet (len 6), IPv4 (len 4), " : ""
    let content =
      switch arp.operation {
      case .request:
        "Request who-has \(text(arp.targetAddress))\(arp.targetMAC == .zero ? "" : " (\(arp.targetMAC))")"
          + " tell \(text(arp.senderAddress))"
      case .reply: "Reply \(text(arp.senderAddress)) is-at \(arp.senderMAC)"
      }
    return "\(name)\(kind)\(content), length \(ARPPacket.length)"
  }

  private mutating func text(
    of header: IPv4Header, in packet: Packet, at index: Int, isWhole: Bool
  ) -> String {
    let name = options.contains(.linkLayer) ? "" : "IP "
    let details = options.contains(.verbose) ? self.details(of: header, in: packet, at: index) + "\n    " : ""
    let next = index + 1 < packet.headers.count ? packet.headers[index + 1] : nil
    let (source, destination) = (header.source, header.destination)
    switch next {
    case .tcp(let tcp):
      let ends = "\(text(source, tcp.sourcePort)) > \(text(destination, tcp.destinationPort)): "
      return name + details + ends + text(of: tcp, in: packet, at: index + 1, isWhole: isWhole)
    case .udp(let udp):
      let ends = "\(text(source, udp.sourcePort)) > \(text(destination, udp.destinationPort)): "
      return name + details + ends + text(of: udp, in: packet, at: index + 1)
    case .icmp(let icmp):
      return name + details + "\(text(source)) > \(text(destination)): "
        + text(of: icmp.message, in: packet, at: index + 1)
    case .ipv4:
      let inner = text(of: packet, at: index + 1, isWhole: isWhole)
      return name + details + "\(text(source)) > \(text(destination)): " + inner
    case .ethernet, .vxlan, .geneve, .arp, nil:
      return name + details + "\(source) > \(destination): ip-proto-255 \(packet.payloadLength)"
    }
  }

  private func details(of header: IPv4Header, in packet: Packet, at index: Int) -> String {
    let congestion = ["", ",ECT(1)", ",ECT(0)", ",CE"][Int(header.tos & 3)]
    let ttl = header.ttl == 0 ? "" : ", ttl \(header.ttl)"
    let flags = header.dontFragment ? "DF" : "none"
    let carried = PacketLines.protocolName(behind: index, of: packet)
    return
      "(tos 0x\(String(header.tos, radix: 16))\(congestion)\(ttl), id \(header.identification), offset 0, "
      + "flags [\(flags)], proto \(carried), length \(packet.length(from: index)))"
  }

  private static func protocolName(behind index: Int, of packet: Packet) -> String {
    guard index + 1 < packet.headers.count else { return "Reserved (255)" }
    switch packet.headers[index + 1] {
    case .icmp: return "ICMP (1)"
    case .ipv4: return "IPIP (4)"
    case .tcp: return "TCP (6)"
    case .udp: return "UDP (17)"
    case .ethernet, .vxlan, .geneve, .arp: return "Reserved (255)"
    }
  }
}
