import NetModel
import PacketTrace

/// What `tcpdump` writes for the packets that it captures.
struct CapturePrinter: Sendable {
  private let options: TcpdumpOptions
  private var lines: PacketLines
  /// The calendar at the lab's start.
  private let start: WallTime
  private var first: Instant?
  private var former: Instant?

  init(_ options: TcpdumpOptions, names: [IPv4Address: String], start: WallTime) {
    self.options = options
    self.start = start
    lines = PacketLines(options: options.lines, names: options.isNumeric ? nil : names)
  }

  private var isCooked: Bool { options.interface == TcpdumpOptions.allInterfaces }

  /// The lines on standard error before the first packet.
  ///
  /// Source: tcpdump 4.99.4 `tcpdump.c`, `main`; recorded in the lab and with the kernel vectors.
  var header: String {
    let type = isCooked ? "LINUX_SLL2 (Linux cooked v2)" : "EN10MB (Ethernet)"
    if let source = options.source {
      return "reading from file \(source), link-type \(type), snapshot length \(options.snapshotLength)\n"
    }
    let listening =
      "listening on \(options.interface ?? ""), link-type \(type), "
      + "snapshot length \(options.snapshotLength) bytes\n"
    let cooked = isCooked ? "tcpdump: data link type LINUX_SLL2\n" : ""
    if options.isVerbose || options.isCaptureFile { return cooked + "tcpdump: " + listening }
    return cooked + "tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n" + listening
  }

  /// What stands before the first packet of a capture file; nothing for text.
  var fileHeader: [UInt8] {
    options.isCaptureFile ? Pcap.header(isCooked: isCooked, snapshotLength: options.snapshotLength) : []
  }

  mutating func bytes(of frame: CapturedFrame, at time: Instant) -> [UInt8] {
    guard !options.isCaptureFile else {
      return Pcap.record(
        frame, at: wallTime(time).microseconds, isCooked: isCooked, snapshotLength: options.snapshotLength)
    }
    let text =
      isCooked
      ? lines.cookedText(
        of: frame.packet, frame.direction, interface: frame.interface, index: frame.interfaceIndex)
      : lines.text(of: frame.packet)
    let line = stamp(time) + text + hexLines(of: frame.packet) + "\n"
    if first == nil { first = time }
    former = time
    return Array(line.utf8)
  }

  private func wallTime(_ time: Instant) -> WallTime { WallTime(time, since: start) }

  private func stamp(_ time: Instant) -> String {
    switch options.stamp {
    case .none: ""
    case .timeOfDay: wallTime(time).timeOfDay + " "
    case .seconds: decimal(wallTime(time).microseconds, digits: 6) + " "
    case .sinceFormer: " \((time - (former ?? time)).clockText) "
    case .sinceFirst: " \((time - (first ?? time)).clockText) "
    case .date: "\(wallTime(time).day) \(wallTime(time).timeOfDay) "
    }
  }

  /// The bytes from the IP or ARP header on.
  ///
  /// Source: tcpdump 4.99.4 `print-ascii.c`.
  private func hexLines(of packet: Packet) -> String {
    let bytes = Array(packet.unframed.bytes.prefix(options.snapshotLength))
    switch options.hex {
    case .none: return ""
    case .text: return "\n" + String(decoding: bytes.map(CapturePrinter.plainCharacter), as: UTF8.self)
    case .bytes, .bytesAndText:
      let starts = stride(from: 0, to: bytes.count, by: 16)
      return starts.map { "\n" + hexLine(bytes[$0..<min($0 + 16, bytes.count)], at: $0) }.joined()
    }
  }

  private func hexLine(_ bytes: ArraySlice<UInt8>, at offset: Int) -> String {
    let pairs = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
      bytes[index..<min(index + 2, bytes.endIndex)].map { hex(UInt64($0), digits: 2) }.joined()
    }
    let line = "\t0x\(hex(UInt64(offset), digits: 4)):  " + pairs.joined(separator: " ")
    guard options.hex == .bytesAndText else { return line }
    let width = 8 * 5 - 1
    let gap = String(repeating: " ", count: width - pairs.joined(separator: " ").count + 2)
    return line + gap + String(decoding: bytes.map(CapturePrinter.character), as: UTF8.self)
  }

  private func hex(_ number: UInt64, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static func character(_ byte: UInt8) -> UInt8 {
    (0x21...0x7e).contains(byte) ? byte : UInt8(ascii: ".")
  }

  /// `-A` keeps line ends, tabs and blanks.
  private static func plainCharacter(_ byte: UInt8) -> UInt8 {
    byte == 0x0a || byte == 0x09 || byte == 0x20 ? byte : character(byte)
  }
}
