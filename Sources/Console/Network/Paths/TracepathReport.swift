import NetModel

/// What `tracepath` was asked to do.
struct TracepathOptions: Hashable, Sendable {
  var host: String
  var isNumeric: Bool
  /// Names and addresses.
  var showsBoth: Bool
  /// Bytes of the first probe's IP packet.
  var length = 65535
  var mostHops = 30
  var port: UInt16 = 44444

  init(_ arguments: [String]) throws(Refusal) {
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(arguments, CommandOptions.Table(flags: "4nb", valued: "lmp"))
    } catch {
      throw error.refusal(of: "tracepath", status: 1)
    }
    guard options.operands.count == 1 else {
      throw .complaint("tracepath: usage error: Destination address required\n", status: 1)
    }
    host = options.operands[0]
    isNumeric = options.has("n")
    showsBoth = options.has("b")
    if let text = options.value("l") { length = try TracepathOptions.number(text, 28...65535) }
    if let text = options.value("m") { mostHops = try TracepathOptions.number(text, 0...255) }
    if let text = options.value("p") { port = UInt16(try TracepathOptions.number(text, 1...65535)) }
  }

  private static func number(_ text: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw .complaint("tracepath: invalid argument: '\(text)'\n", status: 1)
    }
    return number
  }
}

/// What `tracepath` prints.
///
/// Source: iputils `tracepath.c`, `recverr`.
struct TracepathReport: Sendable {
  let options: TracepathOptions
  let names: [IPv4Address: String]
  let showsSummary: Bool
  /// The size became another while this hop was asked.
  var restarts = false
  private var hops: (there: Int, back: Int)?

  init(options: TracepathOptions, names: [IPv4Address: String], showsSummary: Bool) {
    self.options = options
    self.names = names
    self.showsSummary = showsSummary
  }

  /// The own kernel says how large a packet may be.
  func localLine(_ hop: Int, size: Int) -> String {
    "\(right(hop))?: \(padded("[LOCALHOST]", to: 32)) pmtu \(size)\n"
  }

  func noReply(_ hop: Int) -> String { "\(right(hop)):  no reply\n" }

  func sendFailed(_ hop: Int) -> String { "\(right(hop)):  send failed\n" }

  mutating func line(
    _ hop: Int, from source: IPv4Address, ttl: UInt8, _ message: ICMPHeader.Message, after duration: Duration
  ) -> String {
    let back = returnedHops(ttl)
    let microseconds = duration.wholeMicroseconds
    let time =
      right(Int(microseconds / 1000), width: 3) + "." + decimal(microseconds % 1000, digits: 3).suffix(3)
    let head = "\(right(hop)):  \(padded(shown(source), to: 52))\(time)ms "
    switch message {
    case .timeExceeded: return head + (back == hop ? "" : "asymm \(right(back)) ") + "\n"
    case .destinationUnreachable(.fragmentationNeeded(let mtu)): return head + "pmtu \(mtu)\n"
    case .destinationUnreachable(.port):
      hops = (hop, back)
      return head + (back == hop ? "" : "asymm \(right(back)) ") + "reached\n"
    case .destinationUnreachable(.network): return head + "!N\n"
    case .destinationUnreachable(.administrativelyProhibited): return head + "!A\n"
    default: return head + "!H\n"
    }
  }

  func summary(size: Int) -> String {
    guard showsSummary else { return "" }
    let counts = hops.map { "hops \($0.there) back \($0.back) " } ?? ""
    return "     Resume: pmtu \(size) \(counts)\n"
  }

  /// How many routers an answer has passed, as its TTL suggests.
  private func returnedHops(_ ttl: UInt8) -> Int {
    switch ttl {
    case ...64: 65 - Int(ttl)
    case ...128: 129 - Int(ttl)
    default: 256 - Int(ttl)
    }
  }

  private func shown(_ address: IPv4Address) -> String {
    guard !options.isNumeric, let name = names[address] else { return address.description }
    return options.showsBoth ? "\(name) (\(address))" : name
  }

  private func right(_ number: Int, width: Int = 2) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
