import NetModel

/// What a pod asks of the node that it is put on, as far as it is modelled.
///
/// Source: Kubernetes `core/v1/types.go`, `PodSpec`.
package struct Placement: Hashable, Sendable {
  /// Labels that the node must bear.
  package var nodeSelector = Labels()
  /// `nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`: one of them must hold; `nil` for no demand.
  package var nodeTerms: [NodeTerm]?
  package var tolerations: [Toleration] = []
  /// `podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution`.
  package var antiAffinity: [AffinityTerm] = []
  /// `podAffinity.requiredDuringSchedulingIgnoredDuringExecution`.
  package var affinity: [AffinityTerm] = []
  /// `nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution`.
  package var preferredNodes: [Preferred<NodeTerm>] = []
  /// The same of pods that are wanted near, and with negative weights of those that are not.
  package var preferredPods: [Preferred<AffinityTerm>] = []
  /// `topologySpreadConstraints` with `DoNotSchedule`.
  package var spread: [SpreadConstraint] = []

  package init() {}

  /// A wish and what it weighs, from 1 to 100, or down from -1.
  package struct Preferred<Term: Hashable & Sendable>: Hashable, Sendable {
    package var weight: Int
    package var term: Term
  }

  /// Pods that are spread over the parts of the cluster that a label of nodes tells apart.
  package struct SpreadConstraint: Hashable, Sendable {
    package var selector: LabelSelector
    package var topologyKey: String
    /// How many more of them a part may have than the one with the fewest.
    package var maxSkew: Int
  }

  /// What a node must be like; one without any requirement is no node.
  package struct NodeTerm: Hashable, Sendable {
    package var labels: [Requirement]
    /// Of the node's fields only `metadata.name` may be asked for.
    package var fields: [Requirement]

    func selects(_ node: ClusterNode) -> Bool {
      guard !labels.isEmpty || !fields.isEmpty else { return false }
      return labels.allSatisfy { $0.admits(node.labels[$0.key]) }
        && fields.allSatisfy { $0.admits($0.key == "metadata.name" ? node.id.name : nil) }
    }
  }

  /// One line of a node selector.
  ///
  /// Source: Kubernetes `component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go`.
  package struct Requirement: Hashable, Sendable {
    package var key: String
    /// `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`.
    package var relation: String
    package var values: [String]

    func admits(_ value: String?) -> Bool {
      let numbers = (value.flatMap { Int($0) }, values.first.flatMap { Int($0) })
      switch (relation, numbers) {
      case ("In", _): return value.map(values.contains) ?? false
      case ("NotIn", _): return !(value.map(values.contains) ?? false)
      case ("Exists", _): return value != nil
      case ("DoesNotExist", _): return value == nil
      case ("Gt", (let own?, let bound?)): return own > bound
      case ("Lt", (let own?, let bound?)): return own < bound
      default: return false
      }
    }
  }

  /// Pods that must not run in the same part of the cluster.
  package struct AffinityTerm: Hashable, Sendable {
    package var selector: LabelSelector
    /// The label of nodes whose value tells the parts apart.
    package var topologyKey: String
    /// Empty for the pod's own.
    package var namespaces: [String]
  }

  /// Empty parts fit everything; without `value` any value will do.
  package struct Toleration: Hashable, Sendable {
    package var key: String
    package var value: String?
    package var effect: String

    package func tolerates(_ taint: Taint) -> Bool {
      (key.isEmpty || key == taint.key) && (effect.isEmpty || effect == taint.effect)
        && (value ?? taint.value) == taint.value
    }
  }

  /// Keeps pods that do not tolerate it away from a node.
  package struct Taint: Hashable, Sendable {
    package var key: String
    package var value: String
    package var effect: String

    /// `PreferNoSchedule` only advises.
    var isBinding: Bool { effect != "PreferNoSchedule" }
  }
}

extension Placement.Taint {
  /// The taints of a node's `spec`.
  static func all(in spec: JSONValue?) -> [Placement.Taint] {
    (spec?["taints"]?.elements ?? []).map { taint in
      Placement.Taint(
        key: taint["key"]?.text ?? "", value: taint["value"]?.text ?? "", effect: taint["effect"]?.text ?? "")
    }
  }
}
