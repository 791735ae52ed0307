import NetModel

/// What a pod asks of the node that it is put on, as far as it is modelled.
///
/// Source: Kubernetes `core/v1/types.go`, `PodSpec`.
package struct Placement: Hashable, Sendable {
  /// Labels that the node must bear.
  package var nodeSelector = Labels()
  package var tolerations: [Toleration] = []
  /// `podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution`.
  package var antiAffinity: [AffinityTerm] = []

  package init() {}

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
