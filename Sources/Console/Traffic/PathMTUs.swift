import NetModel

/// What kernels have learned of the sizes that pass on the way to a destination.
///
/// Source: RFC 1191; Linux `net/ipv4/route.c`, `ip_rt_mtu_expires`: 600 s.
struct PathMTUs: Sendable {
  private var entries: [Entry] = []

  private static let lifetime = Duration.seconds(600)

  private struct Entry {
    let stack: StackID
    let destination: IPv4Address
    let mtu: Int
    let expires: Instant
  }

  /// The largest IP packet from `stack` to `destination`; `nil` where nothing smaller than usual was learned.
  func limit(from stack: StackID, to destination: IPv4Address, at now: Instant) -> Int? {
    entries.first { $0.stack == stack && $0.destination == destination && $0.expires > now }?.mtu
  }

  mutating func learn(_ mtu: Int, from stack: StackID, to destination: IPv4Address, at now: Instant) {
    entries.removeAll {
      ($0.stack == stack && $0.destination == destination) || $0.expires <= now
    }
    entries.append(
      Entry(stack: stack, destination: destination, mtu: mtu, expires: now + PathMTUs.lifetime))
  }

  /// Forgets what a stack has learned.
  mutating func forget(from stack: StackID) {
    entries.removeAll { $0.stack == stack }
  }
}
