import NetModel

/// What came back for a request.
enum PingNews: Hashable, Sendable {
  case reply(source: IPv4Address, ttl: UInt8, length: Int, roundTrip: Duration)
  case error(source: IPv4Address, ICMPHeader.Message)
  /// A router on the way names a better next hop: no error, and no answer.
  case redirect(router: IPv4Address, gateway: IPv4Address)
  /// The own kernel gave up looking for the next hop.
  case unreachableHere

  /// `nil` for a packet that says nothing about a request.
  init?(_ packet: Packet, duration: Duration) {
    guard let ip = packet.innerIP, let icmp = packet.icmp else { return nil }
    switch icmp.message {
    case .echoReply:
      let length = ICMPHeader.length + packet.payloadLength
      self = .reply(source: ip.source, ttl: ip.ttl, length: length, roundTrip: duration)
    case .destinationUnreachable, .timeExceeded: self = .error(source: ip.source, icmp.message)
    case .redirect(let gateway): self = .redirect(router: ip.source, gateway: gateway)
    case .echoRequest: return nil
    }
  }
}

/// What `ping` prints, and what it counts.
///
/// Source: iputils `ping/ping_common.c`, `gather_statistics` and `finish`; `ping/ping.c`, `pr_icmph`.
struct PingReport: Sendable {
  private let target: PingTarget
  private let options: PingOptions
  /// The calendar at the lab's start.
  private let start: WallTime
  private(set) var transmitted = 0
  private(set) var received = 0
  /// Errors that came back, and those of the own kernel.
  private(set) var errors = 0
  /// Errors that end the wait for answers.
  var reportedErrors: Int { errors }
  private var acknowledged = 0
  private var pipe = 0
  private var firstDeparture: Instant?
  private var lastEvent: Instant?
  /// Round trips in microseconds.
  private var trips: [Int64] = []

  init(target: PingTarget, options: PingOptions, start: WallTime) {
    self.target = target
    self.options = options
    self.start = start
  }

  var header: String {
    let source = target.shownSource.map { " from \($0) \(options.device ?? ""):" } ?? ""
    let length = options.size + ICMPHeader.length + IPv4Header.length
    return "PING \(target.name) (\(target.address))\(source) \(options.size)(\(length)) bytes of data.\n"
  }

  /// The longest round trip; `nil` before the first.
  var longest: Duration? { trips.max().map { .microseconds($0) } }

  mutating func depart(at now: Instant) {
    transmitted += 1
    if firstDeparture == nil { firstDeparture = now }
    lastEvent = now
  }

  mutating func countLocalError() {
    errors += 1
  }

  /// `-O`: what is said of a request that has no answer when the next one goes out.
  func outstanding(before sequence: Int, at now: Instant) -> String {
    guard sequence > 1, acknowledged < sequence - 1 else { return "" }
    return "\(stamp(now))no answer yet for icmp_seq=\(sequence - 1)\n"
  }

  /// Counts what came, and says so.
  mutating func take(_ news: PingNews, sequence: Int, at now: Instant) -> String {
    if case .redirect = news { return printed(news, sequence: sequence, at: now) }
    acknowledge(sequence)
    lastEvent = max(lastEvent ?? now, now)
    switch news {
    case .reply(_, _, _, let roundTrip):
      received += 1
      if options.size >= 16 { trips.append(roundTrip.wholeMicroseconds) }
    case .error, .unreachableHere: errors += 1
    case .redirect: break
    }
    return printed(news, sequence: sequence, at: now)
  }

  private func printed(_ news: PingNews, sequence: Int, at now: Instant) -> String {
    options.isQuiet ? "" : stamp(now) + line(for: news, sequence: sequence) + "\n"
  }

  private mutating func acknowledge(_ sequence: Int) {
    pipe = max(pipe, transmitted - sequence + 1)
    acknowledged = max(acknowledged, sequence)
  }

  private func stamp(_ now: Instant) -> String {
    options.printsTime ? "[\(decimal(WallTime(now, since: start).microseconds, digits: 6))] " : ""
  }

  private func line(for news: PingNews, sequence: Int) -> String {
    switch news {
    case .reply(let source, let ttl, let length, let roundTrip):
      let time = options.size >= 16 ? " time=\(Self.milliseconds(roundTrip.wholeMicroseconds)) ms" : ""
      return "\(length) bytes from \(shown(source)): icmp_seq=\(sequence) ttl=\(ttl)\(time)"
    case .error(let source, let message):
      return "From \(shown(source)) icmp_seq=\(sequence) \(message.pingText)"
    case .redirect(let router, let gateway):
      return "From \(shown(router)): icmp_seq=\(sequence) Redirect Host(New nexthop: \(shown(gateway)))"
    case .unreachableHere:
      return "From \(shown(target.ownAddress)) icmp_seq=\(sequence) Destination Host Unreachable"
    }
  }

  private func shown(_ address: IPv4Address) -> String {
    target.names[address].map { "\($0) (\(address))" } ?? address.description
  }

  /// Source: iputils `ping/ping_common.c`, `gather_statistics`: three digits that count.
  static func milliseconds(_ microseconds: Int64) -> String {
    switch microseconds {
    case 99950...: String((microseconds + 500) / 1000)
    case 9995...: decimal((microseconds + 50) / 100, digits: 1)
    case 1000...: decimal((microseconds + 5) / 10, digits: 2)
    default: decimal(microseconds, digits: 3)
    }
  }

  /// The last lines.
  var summary: String {
    let lost = transmitted == 0 ? 0 : Double(transmitted - received) * 100 / Double(transmitted)
    let elapsed = firstDeparture.flatMap { first in lastEvent.map { $0 - first } } ?? .zero
    let failed = errors > 0 ? ", +\(errors) errors" : ""
    return "\n--- \(target.name) ping statistics ---\n"
      + "\(transmitted) packets transmitted, \(received) received\(failed), \(percent(lost))% packet loss, "
      + "time \(elapsed.wholeMilliseconds)ms\n"
      + [roundTrips, pipeline].compactMap(\.self).joined(separator: ", ")
      + "\n"
  }

  private var roundTrips: String? {
    guard let least = trips.min(), let most = trips.max() else { return nil }
    let count = Int64(trips.count)
    let mean = trips.reduce(0, +) / count
    let squares = trips.reduce(0) { $0 + $1 * $1 } / count
    let deviation = Int64(Double(max(squares - mean * mean, 0)).squareRoot())
    let figures = [least, mean, most, deviation].map { decimal($0, digits: 3) }
    return "rtt min/avg/max/mdev = \(figures.joined(separator: "/")) ms"
  }

  private var pipeline: String? { pipe > 1 ? "pipe \(pipe)" : nil }

  /// C's `%g`, of at most six digits.
  private func percent(_ value: Double) -> String {
    let scaled = Int64((value * 10000).rounded())
    var text = decimal(scaled, digits: 4)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}

extension ICMPHeader.Message {
  /// What `ping` makes of an error.
  ///
  /// Source: iputils `ping/ping.c`, `pr_icmph`.
  fileprivate var pingText: String {
    switch self {
    case .destinationUnreachable(.network): "Destination Net Unreachable"
    case .destinationUnreachable(.host): "Destination Host Unreachable"
    case .destinationUnreachable(.protocol): "Destination Protocol Unreachable"
    case .destinationUnreachable(.port): "Destination Port Unreachable"
    case .destinationUnreachable(.fragmentationNeeded(let mtu)): "Frag needed and DF set (mtu = \(mtu))"
    case .destinationUnreachable(.administrativelyProhibited): "Packet filtered"
    case .timeExceeded: "Time to live exceeded"
    case .redirect, .echoRequest, .echoReply: ""
    }
  }
}
