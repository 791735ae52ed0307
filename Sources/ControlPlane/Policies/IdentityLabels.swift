import NetModel

/// One label of a security identity.
///
/// Source: Cilium `pkg/labels/labels.go`.
package struct IdentityLabel: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Where it comes from: `k8s`, `reserved`, `cidr`; `any` in selectors alone.
  package let source: String
  package let key: String
  package let value: String

  package init(source: String, key: String, value: String = "") {
    self.source = source
    self.key = key
    self.value = value
  }

  /// A label as selectors write it: `SOURCE:KEY`, or a key of any source.
  init(selectorKey text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      self.init(source: String(parts[0]), key: String(parts[1]))
    } else {
      self.init(source: IdentityLabel.anySource, key: text)
    }
  }

  static let anySource = "any"
  static let kubernetesSource = "k8s"
  static let reservedSource = "reserved"
  static let cidrSource = "cidr"

  /// The namespace of a pod.
  ///
  /// Source: Cilium `pkg/k8s/apis/cilium.io/const.go`.
  static let namespaceKey = "io.kubernetes.pod.namespace"
  /// What the keys of a namespace's own labels begin with.
  static let namespaceLabelsPrefix = "io.cilium.k8s.namespace.labels"
  static let clusterKey = "io.cilium.k8s.policy.cluster"

  /// `SOURCE:KEY=VALUE`, without `=` where there is no value.
  package var description: String {
    value.isEmpty ? "\(source):\(key)" : "\(source):\(key)=\(value)"
  }

  package static func < (left: IdentityLabel, right: IdentityLabel) -> Bool {
    (left.source, left.key, left.value) < (right.source, right.key, right.value)
  }

  func hasKey(of wanted: IdentityLabel) -> Bool {
    key == wanted.key && (wanted.source == IdentityLabel.anySource || wanted.source == source)
  }
}

/// An identity as a node's agent knows it: its number and its labels.
package struct LabelledIdentity: Hashable, Sendable {
  package var identity: SecurityIdentity
  /// In ascending order.
  package var labels: [IdentityLabel]
  /// The addresses that it was made for; `nil` for pods and reserved identities.
  package var prefix: IPv4Prefix?

  package init(identity: SecurityIdentity, labels: [IdentityLabel], prefix: IPv4Prefix? = nil) {
    self.identity = identity
    self.labels = labels.sorted()
    self.prefix = prefix
  }

  /// The identity of a pod.
  ///
  /// The value of the cluster label is `default` unless Cilium is told another name.
  package init(
    identity: SecurityIdentity, namespace: String, namespaceLabels: Labels, podLabels: Labels,
    clusterName: String = "default"
  ) {
    let source = IdentityLabel.kubernetesSource
    var labels = podLabels.entries.map { IdentityLabel(source: source, key: $0.key, value: $0.value) }
    labels.append(IdentityLabel(source: source, key: IdentityLabel.namespaceKey, value: namespace))
    labels.append(IdentityLabel(source: source, key: IdentityLabel.clusterKey, value: clusterName))
    labels += namespaceLabels.entries.map {
      IdentityLabel(source: source, key: "\(IdentityLabel.namespaceLabelsPrefix).\($0.key)", value: $0.value)
    }
    self.init(identity: identity, labels: labels)
  }

  /// The identity of the addresses of `prefix`, all of them outside the cluster.
  package init(identity: SecurityIdentity, prefix: IPv4Prefix) {
    self.init(
      identity: identity,
      labels: [
        IdentityLabel(source: IdentityLabel.cidrSource, key: prefix.description),
        IdentityLabel(source: IdentityLabel.reservedSource, key: "world"),
      ], prefix: prefix)
  }

  /// A reserved identity; `extra` are further reserved names that it bears.
  init(reserved identity: SecurityIdentity, extra: [String] = []) {
    let names = [identity.reservedName ?? ""] + extra
    self.init(
      identity: identity,
      labels: names.map { IdentityLabel(source: IdentityLabel.reservedSource, key: $0) })
  }

  /// The reserved identities of a node; the host that runs the API server bears its name, too.
  ///
  /// Source: Cilium `pkg/identity/reserved.go`, `pkg/ipcache/metadata.go`, `updateReservedHostLabels`.
  package static func reserved(hostRunsAPIServer: Bool) -> [LabelledIdentity] {
    [
      LabelledIdentity(reserved: .host, extra: hostRunsAPIServer ? ["kube-apiserver"] : []),
      LabelledIdentity(reserved: .world), LabelledIdentity(reserved: .unmanaged),
      LabelledIdentity(reserved: .health), LabelledIdentity(reserved: .`init`),
      LabelledIdentity(reserved: .remoteNode),
      LabelledIdentity(reserved: .kubeAPIServer, extra: ["remote-node"]),
      LabelledIdentity(reserved: .ingress),
    ]
  }

  /// True for what is outside the cluster.
  package var isOutsideCluster: Bool { identity == .world || prefix != nil }
}
