/// The Ethernet header of a frame.
///
/// Source: IEEE 802.3-2022, clause 3.1.
package struct EthernetHeader: Hashable, Sendable {
  package var destination: MACAddress
  package var source: MACAddress

  package init(destination: MACAddress, source: MACAddress) {
    self.destination = destination
    self.source = source
  }

  /// Bytes on the wire, without preamble and check sequence.
  package static let length = 14
}

/// An IPv4 header; lengths and checksums follow from the packet.
///
/// Source: RFC 791, section 3.1.
package struct IPv4Header: Hashable, Sendable {
  package var source: IPv4Address
  package var destination: IPv4Address
  /// How many more routers may forward the packet, from 0 to 255.
  package var ttl: UInt8
  package var identification: UInt16
  package var dontFragment: Bool
  /// The whole type-of-service byte.
  package var tos: UInt8
  /// The only option that is modelled; `nil` where the header has none.
  package var serviceOption: ServiceOption?
  /// Which piece of a datagram the packet is; `nil` where it is a whole one.
  package var fragment: Fragment?

  package init(
    source: IPv4Address, destination: IPv4Address, ttl: UInt8 = 64, identification: UInt16 = 0,
    dontFragment: Bool = true, tos: UInt8 = 0
  ) {
    self.source = source
    self.destination = destination
    self.ttl = ttl
    self.identification = identification
    self.dontFragment = dontFragment
    self.tos = tos
  }

  /// Bytes without options.
  package static let length = 20

  /// Bytes of the header, with its option.
  package var length: Int { IPv4Header.length + (serviceOption == nil ? 0 : ServiceOption.length) }

  /// The frontend that a client asked, for the node that answers in its name.
  ///
  /// Source: Cilium `bpf/lib/nodeport.h`, `dsr_set_opt4`: kind 0x9a; port and address come out byte by byte in
  /// the order in which a little-endian machine keeps them.
  package struct ServiceOption: Hashable, Sendable {
    package var address: IPv4Address
    package var port: UInt16

    package init(address: IPv4Address, port: UInt16) {
      self.address = address
      self.port = port
    }

    package static let kind: UInt8 = 0x9a
    package static let length = 8
  }

  /// A piece of a datagram (RFC 791, section 3.2).
  package struct Fragment: Hashable, Sendable {
    /// Where its data stand in the datagram's; bytes, a multiple of 8.
    package var offset: Int
    package var isLast: Bool
    /// What the datagram holds; of the pieces only the first one shows it.
    package var `protocol`: UInt8

    package init(offset: Int, isLast: Bool, protocol: UInt8) {
      self.offset = offset
      self.isLast = isLast
      self.protocol = `protocol`
    }
  }
}

/// A TCP header with the options that Linux sends.
///
/// Source: RFC 9293, section 3.1; RFC 7323.
package struct TCPHeader: Hashable, Sendable {
  package var sourcePort: UInt16
  package var destinationPort: UInt16
  package var sequence: UInt32
  package var acknowledgment: UInt32
  package var flags: Flags
  package var window: UInt16
  package var options: [Option]

  package init(
    sourcePort: UInt16, destinationPort: UInt16, sequence: UInt32 = 0, acknowledgment: UInt32 = 0,
    flags: Flags, window: UInt16, options: [Option] = []
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.flags = flags
    self.window = window
    self.options = options
  }

  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    package static let fin = Flags(rawValue: 0x01)
    package static let syn = Flags(rawValue: 0x02)
    package static let rst = Flags(rawValue: 0x04)
    package static let psh = Flags(rawValue: 0x08)
    package static let ack = Flags(rawValue: 0x10)
    package static let urg = Flags(rawValue: 0x20)
  }

  package enum Option: Hashable, Sendable {
    case maximumSegmentSize(UInt16)
    case selectiveAcknowledgmentPermitted
    case timestamps(value: UInt32, echo: UInt32)
    case noOperation
    case windowScale(UInt8)

    /// Bytes that the option takes.
    package var length: Int {
      switch self {
      case .maximumSegmentSize: 4
      case .selectiveAcknowledgmentPermitted: 2
      case .timestamps: 10
      case .noOperation: 1
      case .windowScale: 3
      }
    }
  }

  /// Bytes of the header with its options, padded to a multiple of 4.
  package var length: Int {
    20 + (options.reduce(0) { $0 + $1.length } + 3) / 4 * 4
  }

  /// The largest segment that the sender wants to get, in bytes; `nil` where it does not say.
  package var maximumSegmentSize: UInt16? {
    get {
      for case .maximumSegmentSize(let size) in options { return size }
      return nil
    }
    set {
      options = options.map { option in
        if case .maximumSegmentSize = option, let newValue { .maximumSegmentSize(newValue) } else { option }
      }
    }
  }
}

/// A UDP header; length and checksum follow from the packet.
///
/// Source: RFC 768.
package struct UDPHeader: Hashable, Sendable {
  package var sourcePort: UInt16
  package var destinationPort: UInt16
  /// False where the sender leaves the checksum 0, as Cilium's tunnels do over IPv4.
  package var hasChecksum: Bool

  package init(sourcePort: UInt16, destinationPort: UInt16, hasChecksum: Bool = true) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.hasChecksum = hasChecksum
  }

  package static let length = 8
}

/// An ICMP message's header.
///
/// Source: RFC 792; RFC 1191 for the next hop's MTU.
package struct ICMPHeader: Hashable, Sendable {
  package var message: Message

  package init(_ message: Message) {
    self.message = message
  }

  package enum Message: Hashable, Sendable {
    case echoRequest(identifier: UInt16, sequence: UInt16)
    case echoReply(identifier: UInt16, sequence: UInt16)
    case destinationUnreachable(Unreachable)
    case timeExceeded
    /// A router on the sender's own link knows a better next hop for that destination.
    case redirect(gateway: IPv4Address)

    /// True where the message reports on another packet and quotes it.
    package var isError: Bool {
      switch self {
      case .echoRequest, .echoReply: false
      case .destinationUnreachable, .timeExceeded, .redirect: true
      }
    }
  }

  package enum Unreachable: Hashable, Sendable {
    case network, host, `protocol`, port
    case fragmentationNeeded(mtu: UInt16)
    case administrativelyProhibited
  }

  package static let length = 8
}

/// A VXLAN header.
///
/// Source: RFC 7348, section 5.
package struct VXLANHeader: Hashable, Sendable {
  /// The network identifier, 24 bits; Cilium puts the source's security identity there.
  package var vni: UInt32

  package init(vni: UInt32) {
    self.vni = vni
  }

  package static let length = 8
}

/// A Geneve header without options.
///
/// Source: RFC 8926, section 3.4.
package struct GeneveHeader: Hashable, Sendable {
  /// The network identifier, 24 bits; Cilium puts the source's security identity there.
  package var vni: UInt32
  /// The only option that is modelled; `nil` where the header has none.
  package var serviceOption: IPv4Header.ServiceOption?

  package init(vni: UInt32, serviceOption: IPv4Header.ServiceOption? = nil) {
    self.vni = vni
    self.serviceOption = serviceOption
  }

  /// Bytes without options.
  package static let length = 8
  /// Bytes of the header, with its option.
  package var length: Int { GeneveHeader.length + (serviceOption == nil ? 0 : 12) }
}

/// An ARP packet for IPv4 over Ethernet.
///
/// Source: RFC 826.
package struct ARPPacket: Hashable, Sendable {
  package var operation: Operation
  package var senderMAC: MACAddress
  package var senderAddress: IPv4Address
  /// Zero in a request.
  package var targetMAC: MACAddress
  package var targetAddress: IPv4Address

  package init(
    operation: Operation, senderMAC: MACAddress, senderAddress: IPv4Address, targetMAC: MACAddress,
    targetAddress: IPv4Address
  ) {
    self.operation = operation
    self.senderMAC = senderMAC
    self.senderAddress = senderAddress
    self.targetMAC = targetMAC
    self.targetAddress = targetAddress
  }

  package enum Operation: UInt16, Hashable, Sendable {
    case request = 1
    case reply = 2
  }

  package static let length = 28
}
