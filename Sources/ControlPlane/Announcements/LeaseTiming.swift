import NetModel

/// How long a lease holds and how often it is renewed.
///
/// Source: Cilium `pkg/l2announcer/l2announcer.go`, defaults of `l2announcements.lease*`.
package struct LeaseTiming: Hashable, Sendable {
  /// How long others wait for a sign of life.
  package var duration: Duration
  /// How long the holder tries before it resigns.
  package var renewDeadline: Duration
  /// How often the holder renews and candidates look.
  package var retryPeriod: Duration

  /// Values as given; those that cannot work are mended as the agent does it.
  package init(
    duration: Duration = .seconds(15), renewDeadline: Duration = .seconds(5),
    retryPeriod: Duration = .seconds(2)
  ) {
    self.duration = duration < .seconds(1) ? .seconds(1) : duration
    self.renewDeadline = renewDeadline < .nanoseconds(1) ? .seconds(1) : renewDeadline
    self.retryPeriod = retryPeriod < .nanoseconds(1) ? .milliseconds(200) : retryPeriod
    if self.duration <= self.renewDeadline { self.renewDeadline = self.duration / 2 }
    if self.renewDeadline <= self.retryPeriod * 6 / 5 { self.retryPeriod = self.renewDeadline / 2 }
  }

  /// The longest time between two looks of a candidate: the period and up to 1.2 of it more.
  ///
  /// Source: Kubernetes `client-go/tools/leaderelection/leaderelection.go`, `JitterFactor`.
  var longestPause: Duration { retryPeriod * 11 / 5 }
}

extension Duration {
  /// A Go duration such as `15s`, `1m30s` or `200ms`; `nil` for anything else.
  ///
  /// Source: Go `time/format.go`, `ParseDuration`; fractions are not read.
  package init?(goText text: String) {
    var rest = Substring(text)
    var sum = Duration.zero
    guard !rest.isEmpty else { return nil }
    if rest == "0" {
      self = .zero
      return
    }
    while !rest.isEmpty {
      let digits = rest.prefix(while: \.isNumber)
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !$0.isNumber }
      rest = rest.dropFirst(unit.count)
      guard let number = decimalNumber(digits, atMost: 1_000_000_000),
        let length = Duration.goUnits.first(where: { $0.name == unit })?.length
      else { return nil }
      sum += length * number
    }
    self = sum
  }

  private static let goUnits: [(name: String, length: Duration)] = [
    ("ns", .nanoseconds(1)), ("us", .microseconds(1)), ("ms", .milliseconds(1)), ("s", .seconds(1)),
    ("m", .seconds(60)), ("h", .seconds(3600)),
  ]
}
