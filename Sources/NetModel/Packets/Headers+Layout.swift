extension EthernetHeader {
  func layout(in context: HeaderContext) -> [FieldLayout] {
    let type = if case .arp = context.next { EtherType.arp } else { EtherType.ipv4 }
    return [
      FieldLayout(.destinationMAC, bits: 48, destination.rawValue, .ieee8023),
      FieldLayout(.sourceMAC, bits: 48, source.rawValue, .ieee8023),
      FieldLayout(.etherType, bits: 16, type, .ieee8023),
    ]
  }
}

extension ARPPacket {
  var layout: [FieldLayout] {
    let rfc = HeaderField.Source.rfc(826)
    return [
      FieldLayout(.hardwareType, bits: 16, 1, rfc),
      FieldLayout(.protocolType, bits: 16, EtherType.ipv4, rfc),
      FieldLayout(.hardwareLength, bits: 8, 6, rfc),
      FieldLayout(.protocolLength, bits: 8, 4, rfc),
      FieldLayout(.operation, bits: 16, operation.rawValue, rfc),
      FieldLayout(.senderMAC, bits: 48, senderMAC.rawValue, rfc),
      FieldLayout(.senderAddress, bits: 32, senderAddress.rawValue, rfc),
      FieldLayout(.targetMAC, bits: 48, targetMAC.rawValue, rfc),
      FieldLayout(.targetAddress, bits: 32, targetAddress.rawValue, rfc),
    ]
  }
}

extension IPv4Header {
  func layout(in context: HeaderContext) -> [FieldLayout] {
    let rfc = HeaderField.Source.rfc(791, "3.1")
    return [
      FieldLayout(.version, bits: 4, 4, rfc),
      FieldLayout(.headerLength, bits: 4, length / 4, rfc),
      FieldLayout(.typeOfService, bits: 8, tos, .rfc(2474, "3")),
      FieldLayout(.totalLength, bits: 16, context.length, rfc),
      FieldLayout(.identification, bits: 16, identification, .rfc(6864, "4")),
      FieldLayout(.reserved, bits: 1, 0, rfc),
      FieldLayout(.dontFragment, bits: 1, dontFragment ? 1 : 0, rfc),
      FieldLayout(.moreFragments, bits: 1, fragment?.isLast == false ? 1 : 0, rfc),
      FieldLayout(.fragmentOffset, bits: 13, (fragment?.offset ?? 0) / 8, rfc),
      FieldLayout(.timeToLive, bits: 8, ttl, rfc),
      FieldLayout(.protocol, bits: 8, fragment?.protocol ?? context.next.ipProtocol, rfc),
      FieldLayout(.checksum, bits: 16, 0, rfc),
      FieldLayout(.sourceAddress, bits: 32, source.rawValue, rfc),
      FieldLayout(.destinationAddress, bits: 32, destination.rawValue, rfc),
    ] + (serviceOption?.layout ?? [])
  }
}

extension IPv4Header.ServiceOption {
  fileprivate var layout: [FieldLayout] {
    let rfc = HeaderField.Source.rfc(791, "3.1")
    return [
      FieldLayout(.optionKind, bits: 8, Self.kind, rfc),
      FieldLayout(.optionLength, bits: 8, Self.length, rfc),
      FieldLayout(.servicePort, bits: 16, port.byteSwapped, rfc),
      FieldLayout(.serviceAddress, bits: 32, address.rawValue.byteSwapped, rfc),
    ]
  }
}

extension Packet.Header? {
  /// What the IPv4 header before it calls it.
  var ipProtocol: UInt8 {
    switch self {
    case .icmp: IPProtocol.icmp
    case .ipv4: IPProtocol.ipv4
    case .tcp: IPProtocol.tcp
    case .udp: IPProtocol.udp
    case .ethernet, .vxlan, .geneve, .arp, nil: IPProtocol.none
    }
  }
}

extension ICMPHeader {
  var layout: [FieldLayout] {
    let rfc = HeaderField.Source.rfc(792)
    let head = [
      FieldLayout(.type, bits: 8, message.type, rfc),
      FieldLayout(.code, bits: 8, message.code, message.code > 5 ? .rfc(1812, "5.2.7.1") : rfc),
      FieldLayout(.checksum, bits: 16, 0, rfc),
    ]
    switch message {
    case .echoRequest(let identifier, let sequence), .echoReply(let identifier, let sequence):
      return head + [
        FieldLayout(.identifier, bits: 16, identifier, rfc), FieldLayout(.sequence, bits: 16, sequence, rfc),
      ]
    case .destinationUnreachable(.fragmentationNeeded(let mtu)):
      return head + [
        FieldLayout(.reserved, bits: 16, 0, .rfc(1191, "4")),
        FieldLayout(.nextHopMTU, bits: 16, mtu, .rfc(1191, "4")),
      ]
    case .redirect(let gateway): return head + [FieldLayout(.gatewayAddress, bits: 32, gateway.rawValue, rfc)]
    case .destinationUnreachable, .timeExceeded:
      return head + [FieldLayout(.reserved, bits: 32, 0, rfc)]
    }
  }
}

extension ICMPHeader.Message {
  /// The number of the message's type (RFC 792).
  package var type: UInt8 {
    switch self {
    case .echoReply: 0
    case .destinationUnreachable: 3
    case .redirect: 5
    case .echoRequest: 8
    case .timeExceeded: 11
    }
  }

  /// Source: RFC 792; RFC 1812, section 5.2.7.1.
  var code: UInt8 {
    switch self {
    case .destinationUnreachable(.network): 0
    case .destinationUnreachable(.host): 1
    case .destinationUnreachable(.protocol): 2
    case .destinationUnreachable(.port): 3
    case .destinationUnreachable(.fragmentationNeeded): 4
    case .destinationUnreachable(.administrativelyProhibited): 13
    case .echoRequest, .echoReply, .timeExceeded: 0
    case .redirect: 1
    }
  }
}

extension UDPHeader {
  func layout(in context: HeaderContext) -> [FieldLayout] {
    let rfc = HeaderField.Source.rfc(768)
    return [
      FieldLayout(.sourcePort, bits: 16, sourcePort, rfc),
      FieldLayout(.destinationPort, bits: 16, destinationPort, rfc),
      FieldLayout(.length, bits: 16, context.length, rfc),
      FieldLayout(.checksum, bits: 16, 0, rfc),
    ]
  }
}

extension VXLANHeader {
  /// The flag that says that the network identifier is valid.
  static let identifierFlag: UInt8 = 0x08

  var layout: [FieldLayout] {
    let rfc = HeaderField.Source.rfc(7348, "5")
    return [
      FieldLayout(.flags, bits: 8, VXLANHeader.identifierFlag, rfc),
      FieldLayout(.reserved, bits: 24, 0, rfc),
      FieldLayout(.networkIdentifier, bits: 24, vni, rfc),
      FieldLayout(.reserved, bits: 8, 0, rfc),
    ]
  }
}

extension GeneveHeader {
  var layout: [FieldLayout] {
    let rfc = HeaderField.Source.rfc(8926, "3.4")
    return [
      FieldLayout(.version, bits: 2, 0, rfc),
      FieldLayout(.headerLength, bits: 6, (length - GeneveHeader.length) / 4, rfc),
      FieldLayout(.flags, bits: 2, 0, rfc),
      FieldLayout(.reserved, bits: 6, 0, rfc),
      FieldLayout(.protocolType, bits: 16, EtherType.transparentEthernetBridging, rfc),
      FieldLayout(.networkIdentifier, bits: 24, vni, rfc),
      FieldLayout(.reserved, bits: 8, 0, rfc),
    ] + (serviceOption.map(optionLayout) ?? [])
  }

  /// Source: Cilium `bpf/lib/overloadable_skb.h`, `struct geneve_dsr_opt4`: class 0x014b, type 0x81.
  private func optionLayout(_ option: IPv4Header.ServiceOption) -> [FieldLayout] {
    let rfc = HeaderField.Source.rfc(8926, "3.5")
    return [
      FieldLayout(.optionClass, bits: 16, 0x014b, rfc), FieldLayout(.optionKind, bits: 8, 0x81, rfc),
      FieldLayout(.reserved, bits: 3, 0, rfc), FieldLayout(.optionLength, bits: 5, 2, rfc),
      FieldLayout(.serviceAddress, bits: 32, option.address.rawValue, rfc),
      FieldLayout(.servicePort, bits: 16, option.port, rfc), FieldLayout(.reserved, bits: 16, 0, rfc),
    ]
  }
}
