import NetModel

/// One field of a header, as a reader of the packet names it.
package struct PacketField: Hashable, Sendable {
  package var name: Name
  package var value: Value

  package init(_ name: Name, _ value: Value) {
    self.name = name
    self.value = value
  }

  /// The fields of all headers; the raw value is the stable key that JSON carries.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case source, destination
    case ttl, identification, dontFragment, tos
    case serviceAddress, servicePort
    /// Bytes from this header to the end of the packet.
    case length
    case sourcePort, destinationPort, sequence, acknowledgment, flags, window
    case maximumSegmentSize, selectiveAcknowledgmentPermitted, timestamp, timestampEcho, windowScale
    case hasChecksum
    case type, code, identifier, mtu, gateway
    case vni
    case operation, senderMAC, senderAddress, targetMAC, targetAddress
  }

  package enum Value: Hashable, Sendable {
    case number(Int)
    case flag(Bool)
    case address(IPv4Address)
    case mac(MACAddress)
    /// The names of the flags that are set, in the order of the header's bits from the right.
    case flags([String])
    /// A word of the protocol's own (`request`).
    case word(String)
  }
}

extension PacketField.Value: CustomStringConvertible {
  package var description: String {
    switch self {
    case .number(let number): String(number)
    case .flag(let isSet): isSet ? "1" : "0"
    case .address(let address): address.description
    case .mac(let mac): mac.description
    case .flags(let names): names.isEmpty ? "-" : names.joined(separator: ",")
    case .word(let word): word
    }
  }
}

extension Packet.Header {
  /// The protocol that the header belongs to; the raw value is the stable code that JSON carries.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case ethernet, ipv4, tcp, udp, icmp, vxlan, geneve, arp
  }

  package var kind: Kind {
    switch self {
    case .ethernet: .ethernet
    case .ipv4: .ipv4
    case .tcp: .tcp
    case .udp: .udp
    case .icmp: .icmp
    case .vxlan: .vxlan
    case .geneve: .geneve
    case .arp: .arp
    }
  }
}

extension Packet {
  /// The fields of the header at `index`, in the order of the header; lengths follow from the packet.
  package func fields(ofHeaderAt index: Int) -> [PacketField] {
    switch headers[index] {
    case .ethernet(let header): header.fields
    case .ipv4(let header): header.fields + [PacketField(.length, .number(length(from: index)))]
    case .tcp(let header): header.fields
    case .udp(let header): header.fields + [PacketField(.length, .number(length(from: index)))]
    case .icmp(let header): header.message.fields
    case .vxlan(let header): [PacketField(.vni, .number(Int(header.vni)))]
    case .geneve(let header):
      [PacketField(.vni, .number(Int(header.vni)))] + (header.serviceOption?.fields ?? [])
    case .arp(let packet): packet.fields
    }
  }
}

extension EthernetHeader {
  fileprivate var fields: [PacketField] {
    [PacketField(.source, .mac(source)), PacketField(.destination, .mac(destination))]
  }
}

extension IPv4Header {
  fileprivate var fields: [PacketField] {
    [
      PacketField(.source, .address(source)), PacketField(.destination, .address(destination)),
      PacketField(.ttl, .number(Int(ttl))), PacketField(.identification, .number(Int(identification))),
      PacketField(.dontFragment, .flag(dontFragment)), PacketField(.tos, .number(Int(tos))),
    ] + (serviceOption?.fields ?? [])
  }
}

extension IPv4Header.ServiceOption {
  fileprivate var fields: [PacketField] {
    [
      PacketField(.serviceAddress, .address(address)), PacketField(.servicePort, .number(Int(port))),
    ]
  }
}

extension TCPHeader {
  fileprivate var fields: [PacketField] {
    [
      PacketField(.sourcePort, .number(Int(sourcePort))),
      PacketField(.destinationPort, .number(Int(destinationPort))),
      PacketField(.sequence, .number(Int(sequence))),
      PacketField(.acknowledgment, .number(Int(acknowledgment))),
      PacketField(.flags, .flags(flags.names)), PacketField(.window, .number(Int(window))),
    ] + options.flatMap(\.fields)
  }
}

extension TCPHeader.Flags {
  /// The names of the flags that are set, in the order of their bits from the right.
  package var names: [String] {
    let all: [(TCPHeader.Flags, String)] = [
      (.fin, "FIN"), (.syn, "SYN"), (.rst, "RST"), (.psh, "PSH"), (.ack, "ACK"), (.urg, "URG"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

extension TCPHeader.Option {
  fileprivate var fields: [PacketField] {
    switch self {
    case .maximumSegmentSize(let size): [PacketField(.maximumSegmentSize, .number(Int(size)))]
    case .selectiveAcknowledgmentPermitted: [PacketField(.selectiveAcknowledgmentPermitted, .flag(true))]
    case .timestamps(let value, let echo):
      [PacketField(.timestamp, .number(Int(value))), PacketField(.timestampEcho, .number(Int(echo)))]
    case .noOperation: []
    case .windowScale(let shift): [PacketField(.windowScale, .number(Int(shift)))]
    }
  }
}

extension UDPHeader {
  fileprivate var fields: [PacketField] {
    [
      PacketField(.sourcePort, .number(Int(sourcePort))),
      PacketField(.destinationPort, .number(Int(destinationPort))),
      PacketField(.hasChecksum, .flag(hasChecksum)),
    ]
  }
}

extension ICMPHeader.Message {
  /// Type and code by their numbers.
  ///
  /// Source: RFC 792; RFC 1122, section 3.2.2.1; RFC 1812, section 5.2.7.1.
  fileprivate var fields: [PacketField] {
    switch self {
    case .echoRequest(let identifier, let sequence):
      echo(type: 8, identifier: identifier, sequence: sequence)
    case .echoReply(let identifier, let sequence):
      echo(type: 0, identifier: identifier, sequence: sequence)
    case .destinationUnreachable(let cause): typeAndCode(3, cause.code) + cause.fields
    case .timeExceeded: typeAndCode(11, 0)
    case .redirect(let gateway): typeAndCode(5, 1) + [PacketField(.gateway, .address(gateway))]
    }
  }

  private func echo(type: Int, identifier: UInt16, sequence: UInt16) -> [PacketField] {
    typeAndCode(type, 0) + [
      PacketField(.identifier, .number(Int(identifier))), PacketField(.sequence, .number(Int(sequence))),
    ]
  }

  private func typeAndCode(_ type: Int, _ code: Int) -> [PacketField] {
    [PacketField(.type, .number(type)), PacketField(.code, .number(code))]
  }
}

extension ICMPHeader.Unreachable {
  fileprivate var code: Int {
    switch self {
    case .network: 0
    case .host: 1
    case .protocol: 2
    case .port: 3
    case .fragmentationNeeded: 4
    case .administrativelyProhibited: 13
    }
  }

  fileprivate var fields: [PacketField] {
    if case .fragmentationNeeded(let mtu) = self { [PacketField(.mtu, .number(Int(mtu)))] } else { [] }
  }
}

extension ARPPacket {
  fileprivate var fields: [PacketField] {
    [
      PacketField(.operation, .word(operation == .request ? "request" : "reply")),
      PacketField(.senderMAC, .mac(senderMAC)), PacketField(.senderAddress, .address(senderAddress)),
      PacketField(.targetMAC, .mac(targetMAC)), PacketField(.targetAddress, .address(targetAddress)),
    ]
  }
}
