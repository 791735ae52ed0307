import NetModel

/// Something that makes pods: its kind, namespace and name.
package struct WorkloadID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let kind: Kind
  package let namespace: String
  package let name: String

  package init(_ kind: Kind, namespace: String, name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// The kinds of objects that make pods; the raw value is the kind's own name.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case deployment = "Deployment"
    case daemonSet = "DaemonSet"
    /// A pod that nothing else made counts as its own workload.
    case pod = "Pod"
  }

  /// `Kind NAMESPACE/NAME`.
  package var description: String { "\(kind.rawValue) \(namespace)/\(name)" }

  package static func < (left: WorkloadID, right: WorkloadID) -> Bool {
    (left.namespace, left.name, left.kind.rawValue) < (right.namespace, right.name, right.kind.rawValue)
  }
}

/// A Deployment or a DaemonSet.
package struct Workload: Hashable, Identifiable, Sendable {
  package var id: WorkloadID
  package var labels: Labels
  /// How many pods a Deployment wants; a DaemonSet wants one on each node and ignores it.
  package var replicas: Int
  package var selector: Labels
  package var template: PodTemplate
  package var strategy: UpdateStrategy
  /// When it was made.
  package var created: Creation
  /// The templates that it has had, in the order in which it took them up; the last is the present one.
  package var revisions: [Revision] = []
  package var record = ObjectRecord()

  package init(
    id: WorkloadID, labels: Labels = Labels(), replicas: Int = 1, selector: Labels, template: PodTemplate,
    created: Creation = .unset
  ) {
    self.id = id
    self.labels = labels
    self.replicas = replicas
    self.selector = selector
    self.template = template
    strategy = .standard(for: id.kind)
    self.created = created
  }
}

extension Workload {
  /// One state of the template: a Deployment's ReplicaSet, a DaemonSet's ControllerRevision.
  package struct Revision: Hashable, Sendable {
    /// `pod-template-hash`, which stands in the names of a Deployment's pods.
    package var hash: String
    /// From 1; rises when an earlier template is taken up again, too.
    package var number: Int
    package var template: PodTemplate
    package var created: Creation
    /// How many pods a Deployment's ReplicaSet is to have.
    package var replicas = 0
  }

  /// The hash of the present template; `nil` before the controller has seen it.
  package var templateHash: String? { revisions.last?.hash }

  /// The number of the present template.
  package var revisionNumber: Int { revisions.last?.number ?? 0 }
}

/// When an object was made, and after how many others.
package struct Creation: Hashable, Comparable, Sendable {
  package var instant: Instant
  /// Rises with every object of the cluster; tells apart what was made at one instant.
  package var order: Int

  package init(instant: Instant, order: Int) {
    self.instant = instant
    self.order = order
  }

  /// What an object bears before the cluster has taken it in.
  package static let unset = Creation(instant: .start, order: 0)

  package static func < (left: Creation, right: Creation) -> Bool { left.order < right.order }
}
