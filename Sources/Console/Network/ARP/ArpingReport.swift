import NetModel

/// What `arping` prints, and what it counts.
///
/// Source: Thomas Habets' arping 2.x `src/arping.c`.
struct ArpingReport: Hashable, Sendable {
  let host: String
  private(set) var sent = 0
  /// Requests that were answered.
  private(set) var answered = 0
  /// Answers beyond the first of each request.
  private var extra = 0
  /// Times of all answers, in microseconds.
  private var trips: [Int64] = []

  init(host: String) {
    self.host = host
  }

  mutating func ask(answers: Int) {
    sent += 1
    if answers > 0 { answered += 1 }
    extra += max(answers - 1, 0)
  }

  /// The line of one answer; the lab's cables pad a frame to the 60 bytes that Ethernet wants.
  ///
  /// Source: IEEE 802.3-2022, clause 4.2.3.3; recorded in the lab.
  mutating func take(_ mac: MACAddress, target: IPv4Address, duration: Duration) -> String {
    let time = "\(decimal(duration.wholeNanoseconds, digits: 3)) usec"
    let line = "60 bytes from \(mac) (\(target)): index=\(trips.count) time=\(time)\n"
    trips.append(duration.wholeMicroseconds)
    return line
  }

  /// The last lines.
  var summary: String {
    let unanswered = String(sent == 0 ? 0 : (sent - answered) * 100 / sent)
    let share = String(repeating: " ", count: max(0, 3 - unanswered.count)) + unanswered
    let head =
      "\n--- \(host) statistics ---\n\(sent) packets transmitted, \(trips.count) packets received, "
      + "\(share)% unanswered (\(extra) extra)\n"
    guard let least = trips.min(), let most = trips.max() else { return head }
    let mean = trips.reduce(0, +) / Int64(trips.count)
    let squares = trips.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Int64(trips.count)
    let figures = [least, mean, most, Int64(Double(squares).squareRoot())].map { decimal($0, digits: 3) }
    return head + "rtt min/avg/max/std-dev = \(figures.joined(separator: "/")) ms\n"
  }
}
