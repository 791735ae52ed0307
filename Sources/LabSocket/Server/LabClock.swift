import NetModel

/// How the lab's time follows the real one.
package enum ClockMode: Hashable, Sendable {
  /// Before a command returns, what it began has run to its end; else as `real`.
  case settled
  /// A second of the lab is a real second.
  case real
  /// Time stands, but for what commands themselves wait for.
  case paused
}

/// Maps real time to the lab's.
struct LabClock: Sendable {
  let mode: ClockMode
  /// A moment at which both times were known.
  private var anchor: (real: ContinuousClock.Instant, lab: Instant)

  init(mode: ClockMode, lab: Instant, real: ContinuousClock.Instant = .now) {
    self.mode = mode
    anchor = (real, lab)
  }

  /// The lab's time at a real moment, never before `now`, which the lab has reached by itself.
  mutating func time(at real: ContinuousClock.Instant, reached now: Instant) -> Instant {
    let passed = mode == .paused ? .zero : real - anchor.real
    let mapped = Instant(nanoseconds: anchor.lab.nanoseconds + Self.nanoseconds(of: passed))
    guard now > mapped else { return mapped }
    anchor = (real, now)
    return now
  }

  private static func nanoseconds(of duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
