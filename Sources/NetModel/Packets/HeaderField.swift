/// One field of a packet's bytes: where it stands, what it holds and who defined it.
package struct HeaderField: Hashable, Sendable {
  /// Position of its header in the packet's `headers`.
  package let header: Int
  package let name: Name
  /// Bits from the packet's first bit to the field's first.
  package let bitOffset: Int
  /// From 1 to 48.
  package let bitLength: Int
  /// The field's bits as a number, most significant first.
  package let number: UInt64
  package let source: Source

  /// Positions of the bytes that the field touches, counted from the packet's first.
  package var bytes: Range<Int> {
    bitOffset / 8..<(bitOffset + bitLength + 7) / 8
  }

  /// What the number stands for.
  package var value: Value {
    switch name {
    case .destinationMAC, .sourceMAC, .senderMAC, .targetMAC: .mac(MACAddress(rawValue: number))
    case .sourceAddress, .destinationAddress, .senderAddress, .targetAddress:
      .address(IPv4Address(rawValue: UInt32(truncatingIfNeeded: number)))
    default: .number(number)
    }
  }

  package enum Value: Hashable, Sendable {
    case number(UInt64)
    case address(IPv4Address)
    case mac(MACAddress)
  }

  /// The document and section that define a field.
  package struct Source: Hashable, Sendable {
    package let document: Document
    /// Empty where the document has no numbered sections.
    package let section: String

    package init(document: Document, section: String) {
      self.document = document
      self.section = section
    }

    package enum Document: Hashable, Sendable {
      case rfc(Int)
      /// IEEE Std 802.3-2022.
      case ieee8023
    }
  }

  /// The fields of all headers; the raw value is a stable code.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    // Ethernet.
    case destinationMAC = "destination-mac"
    case sourceMAC = "source-mac"
    case etherType = "ether-type"

    // ARP.
    case hardwareType = "hardware-type"
    case protocolType = "protocol-type"
    case hardwareLength = "hardware-length"
    case protocolLength = "protocol-length"
    case operation
    case senderMAC = "sender-mac"
    case senderAddress = "sender-address"
    case targetMAC = "target-mac"
    case targetAddress = "target-address"

    // IPv4.
    case version
    /// In words of 4 bytes; in a Geneve header, the length of its options.
    case headerLength = "header-length"
    case typeOfService = "type-of-service"
    case totalLength = "total-length"
    case identification
    case reserved
    case dontFragment = "dont-fragment"
    case moreFragments = "more-fragments"
    case fragmentOffset = "fragment-offset"
    case timeToLive = "time-to-live"
    case `protocol`
    case checksum
    case sourceAddress = "source-address"
    case destinationAddress = "destination-address"

    // TCP and UDP.
    case sourcePort = "source-port"
    case destinationPort = "destination-port"
    case sequenceNumber = "sequence-number"
    case acknowledgmentNumber = "acknowledgment-number"
    case controlBits = "control-bits"
    case window
    case urgentPointer = "urgent-pointer"
    /// Of a Geneve option: who defined it.
    case optionClass = "option-class"
    /// The port of a Service; in an IPv4 option its bytes are swapped.
    case servicePort = "service-port"
    /// The address of a Service; in an IPv4 option its bytes come in reverse.
    case serviceAddress = "service-address"
    case optionKind = "option-kind"
    case optionLength = "option-length"
    case maximumSegmentSize = "maximum-segment-size"
    case windowShift = "window-shift"
    case timestampValue = "timestamp-value"
    case timestampEcho = "timestamp-echo"
    /// In bytes, header and data.
    case length

    // ICMP.
    case type
    case code
    case identifier
    case sequence
    case nextHopMTU = "next-hop-mtu"
    case gatewayAddress = "gateway-address"

    // VXLAN and Geneve.
    case flags
    case networkIdentifier = "network-identifier"
  }
}

extension HeaderField.Source {
  static func rfc(_ number: Int, _ section: String = "") -> Self {
    Self(document: .rfc(number), section: section)
  }

  static let ieee8023 = Self(document: .ieee8023, section: "3.1")
}
