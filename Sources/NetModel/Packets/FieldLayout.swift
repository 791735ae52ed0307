/// A field of a header before it has a place in a packet.
struct FieldLayout {
  let name: HeaderField.Name
  let bits: Int
  let number: UInt64
  let source: HeaderField.Source

  init(_ name: HeaderField.Name, bits: Int, _ number: some BinaryInteger, _ source: HeaderField.Source) {
    self.name = name
    self.bits = bits
    self.number = UInt64(truncatingIfNeeded: number) & (1 << UInt64(bits) - 1)
    self.source = source
  }
}

/// What a header says about the bytes behind it.
struct HeaderContext {
  /// Bytes from the header's first to the packet's end.
  let length: Int
  /// The header behind it; `nil` where the payload begins.
  let next: Packet.Header?
}

extension Packet {
  /// The fields of the header at `index` in the order of transmission, checksums zero.
  func layout(ofHeaderAt index: Int) -> [FieldLayout] {
    let next = index + 1 < headers.count ? headers[index + 1] : nil
    let context = HeaderContext(length: length(from: index), next: next)
    return switch headers[index] {
    case .ethernet(let header): header.layout(in: context)
    case .ipv4(let header): header.layout(in: context)
    case .tcp(let header): header.layout
    case .udp(let header): header.layout(in: context)
    case .icmp(let header): header.layout
    case .vxlan(let header): header.layout
    case .geneve(let header): header.layout
    case .arp(let packet): packet.layout
    }
  }
}

/// What follows an Ethernet or Geneve header.
///
/// Source: IANA, IEEE 802 Numbers.
enum EtherType {
  static let ipv4: UInt16 = 0x0800
  static let arp: UInt16 = 0x0806
  static let transparentEthernetBridging: UInt16 = 0x6558
}

/// What follows an IPv4 header.
///
/// Source: IANA, Assigned Internet Protocol Numbers.
enum IPProtocol {
  static let icmp: UInt8 = 1
  static let ipv4: UInt8 = 4
  static let tcp: UInt8 = 6
  static let udp: UInt8 = 17
  /// Reserved: stands where no header follows.
  static let none: UInt8 = 255
}
