/// The name of a machine: a cluster node, a router, any host with a network stack of its own.
package struct NodeID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let name: String

  package init(_ name: String) {
    self.name = name
  }

  package var description: String { name }

  package static func < (left: NodeID, right: NodeID) -> Bool { left.name < right.name }
}

/// The name of a pod.
package struct PodID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let namespace: String
  package let name: String

  package init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// `NAMESPACE/NAME`.
  package var description: String { "\(namespace)/\(name)" }

  package static func < (left: PodID, right: PodID) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}

/// One network stack: a machine's own, or that of a pod's network namespace.
///
/// Machines sort before pods.
package enum StackID: Hashable, Comparable, Sendable, CustomStringConvertible {
  case host(NodeID)
  case pod(PodID)

  package var description: String {
    switch self {
    case .host(let node): node.description
    case .pod(let pod): pod.description
    }
  }
}
