import NetModel

extension DocumentWriter {
  /// The Leases of what runs Kubernetes and Cilium: kubelets, and the leaders among the control plane's processes.
  func componentLeases(in namespace: String?) -> [JSONValue] {
    let nodes = cluster.nodes.map { node in
      ComponentLease(
        namespace: "kube-node-lease", name: node.id.name, holder: node.id.name, seconds: 40, renewal: 10,
        created: Creation(instant: .start, order: 0))
    }
    return (nodes + leaderLeases)
      .filter { namespace == nil || namespace == $0.namespace }.map { document(of: $0) }
  }

  /// One Lease of each name: of the processes that run it is the oldest that leads, or the one that led last.
  private var leaderLeases: [ComponentLease] {
    func isUp(_ pod: Pod) -> Bool { pod.node.map { network.machine($0)?.isUp == true } ?? false }
    let pods = cluster.pods.sorted { $0.created < $1.created }
    var seen: Set<String> = []
    return (pods.filter(isUp) + pods.filter { !isUp($0) }).compactMap { leaderLease(of: $0) }
      .filter { seen.insert($0.name).inserted }
  }

  /// The Lease that a process of the control plane holds; `nil` for all other pods.
  ///
  /// What the processes draw at random is drawn from the seed; the API server's name is a hash of its host's.
  ///
  /// Source: Kubernetes `cmd/kube-scheduler/app/server.go`, `pkg/controlplane/apiserver/server.go`; Cilium
  /// `operator/cmd/root.go`.
  private func leaderLease(of pod: Pod) -> ComponentLease? {
    guard let node = pod.node, pod.id.namespace == Lease.namespace else { return nil }
    var draw = Draw(seed: network.seed, for: "lease-holder", pod.id.description)
    let id = uid(of: DocumentID(kind: "Holder", namespace: pod.id.namespace, name: pod.id.name), pod.created)
    func lease(_ name: String, _ holder: String, seconds: Int = 15, renewal: Int64 = 2) -> ComponentLease {
      ComponentLease(
        namespace: Lease.namespace, name: name, holder: holder, seconds: seconds, renewal: renewal,
        created: pod.created)
    }
    switch (pod.template.labels["component"], pod.template.labels["io.cilium/app"]) {
    case ("kube-apiserver", _):
      let name = "apiserver-" + Self.base32(SHA256.digest(of: Array(node.name.utf8)).prefix(16))
      return lease(name, "\(name)_\(id)", seconds: 3600, renewal: 10)
    case ("kube-controller-manager", _): return lease("kube-controller-manager", "\(node.name)_\(id)")
    case ("kube-scheduler", _): return lease("kube-scheduler", "\(node.name)_\(id)")
    case (_, "operator"):
      return lease("cilium-operator-resource-lock", "\(node.name)-\(draw.nameSuffix(length: 10))")
    default: return nil
    }
  }

  /// Source: RFC 4648, section 6, in small letters and without padding.
  private static func base32(_ bytes: some Sequence<UInt8>) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz234567")
    let bits = bytes.flatMap { byte in (0..<8).reversed().map { Int(byte >> UInt8($0) & 1) } }
    return String(
      stride(from: 0, to: bits.count, by: 5).map { start in
        let group = (0..<5).map { start + $0 < bits.count ? bits[start + $0] : 0 }
        return letters[group.reduce(0) { $0 * 2 + $1 }]
      })
  }

  private func document(of lease: ComponentLease) -> JSONValue {
    func time(_ instant: Instant) -> JSONValue {
      .string(WallTime(instant, since: cluster.startTime).microDescription)
    }
    let period = lease.renewal * 1_000_000_000
    let passed = max(0, now.nanoseconds - lease.created.instant.nanoseconds)
    let renewed = Instant(nanoseconds: lease.created.instant.nanoseconds + passed / period * period)
    return document(
      DocumentID(kind: "Lease", namespace: lease.namespace, name: lease.name), created: lease.created,
      record: ObjectRecord(), labels: Labels(),
      spec: .fields([
        "acquireTime": time(lease.created.instant), "holderIdentity": .string(lease.holder),
        "leaseDurationSeconds": .number(lease.seconds), "leaseTransitions": 0, "renewTime": time(renewed),
      ]))
  }
}

/// A Lease that no Service is announced by.
private struct ComponentLease {
  var namespace: String
  var name: String
  var holder: String
  /// How long it holds without being renewed.
  var seconds: Int
  /// Seconds from one renewal to the next.
  var renewal: Int64
  var created: Creation
}
