import NetModel

/// What `ping` was asked to do.
///
/// Source: iputils `ping/ping.c`.
struct PingOptions: Hashable, Sendable {
  var target: String
  /// Stop after so many answers; `nil` goes on.
  var count: Int?
  var interval = Duration.seconds(1)
  /// Stop then, whatever came; `nil` goes on.
  var deadline: Duration?
  /// How long to wait for answers behind the last packet.
  var linger = Duration.seconds(10)
  /// Bytes of data.
  var size = 56
  var ttl: UInt8?
  var tos: UInt8?
  var discovery = Discovery.want
  var device: String?
  var source: IPv4Address?
  var isQuiet = false
  var isNumeric = false
  var reportsOutstanding = false
  var printsTime = false

  /// Path MTU discovery.
  enum Discovery: String, Hashable, Sendable {
    case `do`, want, dont, probe
  }

  private static let table = CommandOptions.Table(flags: "4nqODvVh", valued: "cIiMQsTtwW")

  init(_ arguments: [String]) throws(Refusal) {
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(arguments, PingOptions.table)
    } catch {
      throw error.refusal(of: "ping", status: 2)
    }
    guard let target = options.operands.last else {
      throw .complaint("ping: usage error: Destination address required\n", status: 1)
    }
    guard options.operands.count == 1 else { throw .notModelled(options.operands[0]) }
    self.target = target
    for (name, value) in options.given { try take(name, value) }
  }

  private mutating func take(_ name: String, _ value: String) throws(Refusal) {
    switch name {
    case "c": count = try number(value, 1...Int.max)
    case "i": interval = try duration(value, atLeast: .milliseconds(2))
    case "w": deadline = try duration(value, atLeast: .zero)
    case "W": linger = try duration(value, atLeast: .zero)
    case "s": size = try number(value, 0...65507)
    case "t": ttl = UInt8(try number(value, 1...255))
    case "Q": tos = try typeOfService(value)
    case "M": discovery = try discovery(value)
    case "I": takeInterface(value)
    case "q": isQuiet = true
    case "n": isNumeric = true
    case "O": reportsOutstanding = true
    case "D": printsTime = true
    case "V", "h", "T": throw .notModelled("-\(name)")
    default: break
    }
  }

  private mutating func takeInterface(_ value: String) {
    source = IPv4Address(parsing: value)
    if source == nil { device = value }
  }

  private func number(_ text: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let number = Int(text) else {
      throw .complaint("ping: invalid argument: '\(text)'\n", status: 1)
    }
    guard range.contains(number) else {
      throw .complaint(
        "ping: invalid argument: '\(text)': out of range: \(range.lowerBound) <= value <= \(range.upperBound)\n",
        status: 1)
    }
    return number
  }

  private func duration(_ text: String, atLeast least: Duration) throws(Refusal) -> Duration {
    guard let duration = seconds(parsing: text) else {
      throw .complaint("ping: bad timing interval: \(text)\n", status: 1)
    }
    guard duration >= least else {
      throw .complaint(
        "ping: cannot flood, minimal interval for user must be >= 2 ms, use -i 0.002 (or higher)\n", status: 2
      )
    }
    return duration
  }

  /// Decimal, or hexadecimal behind `0x`.
  ///
  /// Source: iputils `ping/ping.c`, `parsetos`.
  private func typeOfService(_ text: String) throws(Refusal) -> UInt8 {
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    guard let number = isHexadecimal ? Int(text.dropFirst(2), radix: 16) : Int(text) else {
      throw .complaint("ping: bad TOS value: \(text)\n", status: 2)
    }
    guard let byte = UInt8(exactly: number) else {
      throw .complaint("ping: the decimal value of TOS bits must be in range 0-255: \(number)\n", status: 2)
    }
    return byte
  }

  private func discovery(_ text: String) throws(Refusal) -> Discovery {
    guard let discovery = Discovery(rawValue: text) else {
      throw .complaint("ping: invalid -M argument: \(text)\n", status: 1)
    }
    return discovery
  }
}
