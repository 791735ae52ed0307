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
    case nil where ports.contains(53) && !options.contains(.quick):
      if let message = DNSMessage(bytes: packet.payloadBytes) { return dns(message, length: length) }
      return packet.isEmptyQuery ? "0 [0q] (\(length))" : "UDP, length \(length)"
    default:
      return "UDP, length \(length)"
    }
  }

  /// Source: tcpdump 4.99.4 `print-domain.c`, `domain_print`.
  private func dns(_ message: DNSMessage, length: Int) -> String {
    guard message.isAnswer else {
      return "\(message.identification)+ \(message.question.type.name)? \(message.question.name). (\(length))"
    }
    let code = message.code == .noError ? "" : " \(message.code.text)"
    let authority = message.isAuthoritative ? "*" : ""
    let records = message.answers.map { "\($0.data.text)" }.joined(separator: ", ")
    let counts = "\(message.answers.count)/\(message.authorities.count)/0"
    let answers = records.isEmpty ? "" : " " + records
    return "\(message.identification)\(code)\(authority) \(counts)\(answers) (\(length))"
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

extension DNSMessage.Code {
  /// Source: tcpdump 4.99.4 `print-domain.c`, `ns_resp`.
  fileprivate var text: String {
    switch self {
    case .noError: ""
    case .formatError: "FormErr"
    case .serverFailure: "ServFail"
    case .noSuchName: "NXDomain"
    case .refused: "Refused"
    }
  }
}

extension DNSMessage.RecordData {
  fileprivate var text: String {
    switch self {
    case .address(let address): "A \(address)"
    case .pointer(let name): "PTR \(name)."
    case .canonicalName(let name): "CNAME \(name)."
    case .startOfAuthority: "SOA"
    }
  }
}
