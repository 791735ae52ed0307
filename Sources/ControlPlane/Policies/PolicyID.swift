/// The name of a policy object.
package struct PolicyID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let kind: Kind
  /// Empty for a policy of the whole cluster.
  package let namespace: String
  package let name: String

  package init(kind: Kind, namespace: String, name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case networkPolicy = "NetworkPolicy"
    case ciliumNetworkPolicy = "CiliumNetworkPolicy"
    case ciliumClusterwideNetworkPolicy = "CiliumClusterwideNetworkPolicy"
  }

  /// `KIND NAMESPACE/NAME`, or `KIND NAME` for one of the whole cluster.
  package var description: String {
    namespace.isEmpty ? "\(kind.rawValue) \(name)" : "\(kind.rawValue) \(namespace)/\(name)"
  }

  package static func < (left: PolicyID, right: PolicyID) -> Bool {
    (left.kind.rawValue, left.namespace, left.name) < (right.kind.rawValue, right.namespace, right.name)
  }
}

/// One rule of a policy, by its place in the object.
package struct PolicyRuleID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let policy: PolicyID
  /// Which of the object's rule sets: 0 for `spec`, then those of `specs` in order.
  package let part: Int
  package let section: Section
  /// From 0, in the section's order.
  package let index: Int

  package init(policy: PolicyID, part: Int = 0, section: Section, index: Int) {
    self.policy = policy
    self.part = part
    self.section = section
    self.index = index
  }

  /// Where rules stand in a policy; the raw value is the field's name.
  package enum Section: String, Hashable, Sendable, CaseIterable {
    case ingress, ingressDeny, egress, egressDeny

    package var direction: TrafficDirection {
      switch self {
      case .ingress, .ingressDeny: .ingress
      case .egress, .egressDeny: .egress
      }
    }

    package var isDeny: Bool {
      switch self {
      case .ingress, .egress: false
      case .ingressDeny, .egressDeny: true
      }
    }
  }

  /// `KIND NAMESPACE/NAME SECTION[INDEX]`.
  package var description: String {
    let place = part == 0 ? "" : "specs[\(part - 1)]."
    return "\(policy) \(place)\(section.rawValue)[\(index)]"
  }

  package static func < (left: PolicyRuleID, right: PolicyRuleID) -> Bool {
    (left.policy, left.part, left.section.rawValue, left.index)
      < (right.policy, right.part, right.section.rawValue, right.index)
  }
}

/// Which way packets go, as seen from a pod.
package enum TrafficDirection: String, Hashable, Comparable, Sendable, CaseIterable {
  case ingress, egress

  package static func < (left: TrafficDirection, right: TrafficDirection) -> Bool {
    left == .ingress && right == .egress
  }
}
