import NetModel

extension PacketLines {
  mutating func text(of header: TCPHeader, in packet: Packet, at index: Int, isWhole: Bool) -> String {
    let length = packet.length(from: index) - header.length
    if options.contains(.quick) { return "tcp \(length)" }
    let numbers = numbers(of: header, in: packet, at: index)
    var text = "Flags [\(PacketLines.name(of: header.flags))]"
    if options.contains(.verbose), isWhole {
      text += ", cksum \(packet.checksum(ofHeaderAt: index)) (correct)"
    }
    if length > 0 || !header.flags.isDisjoint(with: [.syn, .fin, .rst]) {
      text += ", seq \(numbers.sequence)" + (length > 0 ? ":\(numbers.sequence &+ UInt32(length))" : "")
    }
    if header.flags.contains(.ack) { text += ", ack \(numbers.acknowledgment)" }
    text += ", win \(header.window)"
    if header.flags.contains(.urg) { text += ", urg 0" }
    let options = PacketLines.names(of: header)
    if !options.isEmpty { text += ", options [\(options.joined(separator: ","))]" }
    return text + ", length \(length)" + (length > 0 ? http(header, packet.payloadBytes) : "")
  }

  private mutating func numbers(
    of header: TCPHeader, in packet: Packet, at index: Int
  ) -> TCPConnections.Numbers {
    guard !options.contains(.absoluteNumbers), header.flags.contains(.ack), index > 0,
      case .ipv4(let ip) = packet.headers[index - 1]
    else { return TCPConnections.Numbers(header) }
    let source = TCPConnections.End(address: ip.source, port: header.sourcePort)
    let destination = TCPConnections.End(address: ip.destination, port: header.destinationPort)
    return connections.numbers(of: header, from: source, to: destination)
  }

  private static func name(of flags: TCPHeader.Flags) -> String {
    let letters: [(UInt8, String)] = [
      (0x01, "F"), (0x02, "S"), (0x04, "R"), (0x08, "P"), (0x10, "."), (0x20, "U"), (0x40, "E"), (0x80, "W"),
    ]
    let name = letters.filter { flags.rawValue & $0.0 != 0 }.map(\.1).joined()
    return name.isEmpty ? "none" : name
  }

  private static func names(of header: TCPHeader) -> [String] {
    let used = header.options.reduce(20) { $0 + $1.length }
    return header.options.map(name(of:)) + (used < header.length ? ["eol"] : [])
  }

  private static func name(of option: TCPHeader.Option) -> String {
    switch option {
    case .maximumSegmentSize(let size): "mss \(size)"
    case .selectiveAcknowledgmentPermitted: "sackOK"
    case .timestamps(let value, let echo): "TS val \(value) ecr \(echo)"
    case .noOperation: "nop"
    case .windowScale(let shift): "wscale \(shift)"
    }
  }

  /// What is said of a payload on the ports of HTTP: a message's first line, or with `-v` all of its lines.
  private func http(_ header: TCPHeader, _ payload: [UInt8]) -> String {
    let known: Set<UInt16> = [80, 3128, 8080]
    guard known.contains(header.sourcePort) || known.contains(header.destinationPort) else { return "" }
    let starts = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "HTTP/"]
    let lines = PacketLines.lines(of: payload)
    guard let first = lines.first, starts.contains(where: first.hasPrefix) else { return ": HTTP" }
    guard options.contains(.verbose) else { return ": HTTP: \(first)" }
    let whole = lines.dropLast().map { "\n\t\($0)" }.joined()
    let rest = lines.last.map { $0.isEmpty ? "" : "\n\t\($0) [|http]" } ?? ""
    return ": HTTP, length: \(payload.count)" + whole + rest
  }

  /// What stands between the line ends; the last has none behind it and may be empty.
  private static func lines(of payload: [UInt8]) -> [String] {
    payload.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }
}

extension Packet {
  fileprivate func checksum(ofHeaderAt index: Int) -> String {
    let number = fields.first { $0.header == index && $0.name == .checksum }?.number ?? 0
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
