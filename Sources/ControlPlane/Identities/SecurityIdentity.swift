/// A security identity: what network policy and the tunnel's network identifier know a peer by.
///
/// Source: Cilium `pkg/identity/numericidentity.go`.
package struct SecurityIdentity: Hashable, Comparable, Sendable {
  /// The number; 24 bits are used.
  package let number: UInt32

  package init(_ number: UInt32) {
    self.number = number
  }

  package static let unknown = SecurityIdentity(0)
  package static let host = SecurityIdentity(1)
  package static let world = SecurityIdentity(2)
  package static let unmanaged = SecurityIdentity(3)
  package static let health = SecurityIdentity(4)
  package static let `init` = SecurityIdentity(5)
  package static let remoteNode = SecurityIdentity(6)
  package static let kubeAPIServer = SecurityIdentity(7)
  package static let ingress = SecurityIdentity(8)

  private static let reservedNames = [
    "unknown", "host", "world", "unmanaged", "health", "init", "remote-node", "kube-apiserver", "ingress",
  ]

  /// The name of a reserved identity; `nil` for all others.
  package var reservedName: String? {
    number < SecurityIdentity.reservedNames.count ? SecurityIdentity.reservedNames[Int(number)] : nil
  }

  package static func < (left: SecurityIdentity, right: SecurityIdentity) -> Bool {
    left.number < right.number
  }
}
