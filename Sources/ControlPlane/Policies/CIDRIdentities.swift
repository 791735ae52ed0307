import NetModel

/// The identities that agents gave to prefixes of policies.
///
/// Every node allots its own; here all nodes count alike, as each of them sees the same policies in the same
/// order.
///
/// Source: Cilium `pkg/identity/cache/local.go`, `pkg/identity/numericidentity.go`.
package struct CIDRIdentities: Hashable, Sendable {
  /// In ascending order of prefix.
  package private(set) var entries: [Entry] = []
  private var next = CIDRIdentities.first

  package init() {}

  package struct Entry: Hashable, Sendable {
    package let prefix: IPv4Prefix
    package let identity: SecurityIdentity
  }

  /// The first number of identities that one node alone knows.
  private static let first: UInt32 = 1 << 24 | 1

  package subscript(prefix: IPv4Prefix) -> SecurityIdentity? {
    entries.first { $0.prefix == prefix }?.identity
  }

  /// Keeps the numbers of what is still named and gives the next free ones to the rest, in the given order.
  mutating func settle(_ prefixes: [IPv4Prefix]) {
    entries.removeAll { !prefixes.contains($0.prefix) }
    for prefix in prefixes where self[prefix] == nil {
      let entry = Entry(prefix: prefix, identity: SecurityIdentity(next))
      entries.insertSorted(entry) { $0.prefix < $1.prefix }
      next += 1
    }
  }
}
