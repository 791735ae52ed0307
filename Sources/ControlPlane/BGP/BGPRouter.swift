import NetModel

/// A machine's BGP daemon, and what its administrator told it.
///
/// Source: FRR `router bgp`, `neighbor`, `maximum-paths`, `bgp ebgp-requires-policy`, `timers bgp`.
package struct BGPRouter: Hashable, Sendable {
  package var asn: UInt32
  /// Who may open sessions, in ascending order of address.
  package var neighbors: [Neighbor]
  /// How many equally good routes to one prefix are installed; from 1.
  package var maximumPaths: Int
  /// Without policies nothing of other systems' routes is taken (RFC 8212).
  package var requiresPolicy: Bool
  package var holdTime: Duration

  package init(
    asn: UInt32, neighbors: [Neighbor], maximumPaths: Int = 64, requiresPolicy: Bool = true,
    holdTime: Duration = .seconds(180)
  ) {
    self.asn = asn
    self.neighbors = neighbors.sorted { $0.address < $1.address }
    self.maximumPaths = maximumPaths
    self.requiresPolicy = requiresPolicy
    self.holdTime = holdTime
  }

  package struct Neighbor: Hashable, Sendable {
    package var address: IPv4Address
    /// `nil` for any other system (`remote-as external`).
    package var asn: UInt32?

    package init(address: IPv4Address, asn: UInt32? = nil) {
      self.address = address
      self.asn = asn
    }
  }

  /// True where a peer with that address and system may open a session.
  func accepts(_ address: IPv4Address, asn other: UInt32) -> Bool {
    guard let neighbor = neighbors.first(where: { $0.address == address }) else { return false }
    return neighbor.asn.map { $0 == other } ?? (other != asn)
  }
}
