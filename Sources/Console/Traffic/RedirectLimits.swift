import NetModel
import PacketTrace

/// How often routers have told senders of better next hops: a sender that does not listen is soon left alone.
///
/// Source: Linux `net/ipv4/route.c`, `ip_rt_send_redirect`, with its defaults: redirect_load 20 ms,
/// redirect_number 9, redirect_silence 20.48 s.
struct RedirectLimits: Sendable {
  private var peers: [Peer] = []

  private static let load = Duration.milliseconds(20)
  private static let silence = Duration.milliseconds(20_480)
  /// Redirects to one sender before silence.
  private static let mostInARow = 9

  private struct Peer {
    let router: NodeID
    let sender: IPv4Address
    var count: Int
    var last: Instant
  }

  /// Whether the router tells the sender once more.
  mutating func admit(_ notice: RedirectNotice, by router: NodeID, at now: Instant) -> Bool {
    peers.removeAll { $0.last + Self.silence < now }
    guard let index = peers.firstIndex(where: { $0.router == router && $0.sender == notice.sender }) else {
      peers.append(Peer(router: router, sender: notice.sender, count: 1, last: now))
      return true
    }
    let peer = peers[index]
    guard peer.count < Self.mostInARow else {
      peers[index].last = now
      return false
    }
    guard peer.last + Self.load * (1 << peer.count) < now else { return false }
    peers[index] = Peer(router: router, sender: notice.sender, count: peer.count + 1, last: now)
    return true
  }
}
