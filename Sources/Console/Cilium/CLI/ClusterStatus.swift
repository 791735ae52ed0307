import ControlPlane
import NetModel

/// `cilium status`.
///
/// Source: Cilium `cilium-cli/status/status.go`, `cilium-cli/status/k8s.go`.
struct ClusterStatus: Sendable {
  private let network: Network?
  private let cluster: Cluster

  init(_ lab: RunningLab, _ cluster: Cluster) {
    network = lab.network
    self.cluster = cluster
  }

  /// What Cilium is made of, in ascending order of name.
  private static let components: [(kind: WorkloadID.Kind, name: String)] = [
    (.daemonSet, "cilium"), (.daemonSet, "cilium-envoy"), (.deployment, "cilium-operator"),
    (.deployment, "clustermesh-apiserver"), (.deployment, "hubble-relay"), (.deployment, "hubble-ui"),
  ]

  /// The rows beside the drawing.
  private static let summaries = [
    ("Cilium:", "cilium"), ("Operator:", "cilium-operator"), ("Envoy DaemonSet:", "cilium-envoy"),
    ("Hubble Relay:", "hubble-relay"), ("ClusterMesh:", "clustermesh-apiserver"),
  ]

  /// How many pods are missing.
  var errorCount: Int {
    Self.components.map { state(of: $0.name)?.errors ?? 0 }.reduce(0, +)
  }

  func text(inColors: Bool) -> String {
    let paint = Paint(isOn: inColors)
    var rows = logo(paint)
    for component in Self.components {
      guard let state = state(of: component.name) else { continue }
      rows.append("\(component.kind.rawValue)\t\(component.name)\t\(state.text(paint))")
    }
    rows += containerRows(paint)
    rows.append("Cluster Pods:\t\(managedPods.count)/\(pods.count) managed by Cilium")
    rows.append("Helm chart version:\t\(cluster.ciliumVersion?.number ?? "")")
    rows += imageRows
    rows += errorRows
    var writer = TabWriter(minimumWidth: 0, padding: 4)
    return writer.format(rows.map { $0 + "\n" }.joined())
  }

  private func logo(_ paint: Paint) -> [String] {
    let drawing = [
      paint.cyan(" /¯¯", then: "") + paint.yellow("\\__/", then: "") + paint.green("¯¯\\"),
      paint.cyan(" \\__", then: "") + paint.red("/¯¯\\", then: "") + paint.green("__/"),
      paint.green(" /¯¯", then: "") + paint.red("\\__/", then: "") + paint.magenta("¯¯\\"),
      paint.green(" \\__", then: "") + paint.blue("/¯¯\\", then: "") + paint.magenta("__/"),
      paint.blue(paint.blue(paint.blue("    \\__/", then: ""), then: "")),
    ]
    let rows = zip(drawing, Self.summaries).map { line, row in
      "\(line)\t\(row.0)\t\(summary(of: row.1, paint))"
    }
    return [paint.yellow("    /¯¯\\", then: "")] + rows + [""]
  }

  /// Source: Cilium `cilium-cli/status/status.go`, `statusSummary`, `envoyStatusSummary`.
  private func summary(of name: String, _ paint: Paint) -> String {
    guard let state = state(of: name) else {
      return paint.cyan("disabled") + (name == "cilium-envoy" ? " (using embedded mode)" : "")
    }
    return state.errors == 0 ? paint.green("OK") : paint.red("\(state.errors) errors")
  }

  private func containerRows(_ paint: Paint) -> [String] {
    Self.components.enumerated().map { index, component in
      let running = workloadPods(component.name).filter(isRunning).count
      let phase = running == 0 ? "" : "Running: " + paint.green("\(running)")
      return "\(index == 0 ? "Containers:" : "")\t\(component.name)\t\(phase)"
    }
  }

  private var imageRows: [String] {
    var rows: [String] = []
    for component in Self.components {
      let images = workloadPods(component.name).flatMap(\.template.containers).map(\.image)
      for image in Set(images).sorted() {
        let count = images.filter { $0 == image }.count
        rows.append("\(rows.isEmpty ? "Image versions" : "")\t\(component.name)\t\(image): \(count)")
      }
    }
    return rows
  }

  private var errorRows: [String] {
    var rows: [String] = []
    for component in Self.components {
      guard let state = state(of: component.name), state.errors > 0 else { continue }
      let message =
        "\(state.desired - state.ready) pods of \(component.kind.rawValue) \(component.name) are not ready"
      rows.append("\(rows.isEmpty ? "Errors:" : "")\t\(component.name)\t\(component.name)\t\(message)")
    }
    return rows
  }

  /// `nil` where there is no such workload.
  private func state(of name: String) -> PodState? {
    guard let component = Self.components.first(where: { $0.name == name }),
      let workload = cluster.workload(WorkloadID(component.kind, namespace: "kube-system", name: name))
    else { return nil }
    let desired = component.kind == .daemonSet ? cluster.nodes.count : workload.replicas
    return PodState(desired: desired, ready: workloadPods(name).filter(isRunning).count)
  }

  private func workloadPods(_ name: String) -> [Pod] {
    cluster.pods.filter { $0.workload.namespace == "kube-system" && $0.workload.name == name }
  }

  private func isRunning(_ pod: Pod) -> Bool {
    pod.node.flatMap { network?.machine($0)?.isUp } ?? false
  }

  private var pods: [Pod] { cluster.pods.filter { !$0.template.usesHostNetwork } }

  private var managedPods: [Pod] { pods.filter { $0.endpoint != nil } }

  /// Pods of a workload that are wanted, and those that are there.
  private struct PodState {
    var desired: Int
    var ready: Int

    var errors: Int { ready < desired ? 1 : 0 }

    /// Source: Cilium `cilium-cli/status/status.go`, `PodStateCount.Format`.
    func text(_ paint: Paint) -> String {
      var items = desired > 0 ? ["Desired: \(desired)"] : []
      let share = ready < desired ? paint.yellow("\(ready)/\(desired)") : paint.green("\(ready)/\(desired)")
      if ready > 0 { items += ["Ready: \(share)", "Available: \(share)"] }
      if ready < desired { items.append("Unavailable: " + paint.red("\(desired - ready)/\(desired)")) }
      return items.joined(separator: ", ")
    }
  }

  /// Text in a terminal's colors, or as it is.
  private struct Paint {
    let isOn: Bool

    func red(_ text: String, then end: String = "\u{1b}[0m") -> String { painted(text, 31, end) }
    func green(_ text: String, then end: String = "\u{1b}[0m") -> String { painted(text, 32, end) }
    func yellow(_ text: String, then end: String = "\u{1b}[0m") -> String { painted(text, 33, end) }
    func blue(_ text: String, then end: String = "\u{1b}[0m") -> String { painted(text, 34, end) }
    func magenta(_ text: String, then end: String = "\u{1b}[0m") -> String { painted(text, 35, end) }
    func cyan(_ text: String, then end: String = "\u{1b}[0m") -> String { painted(text, 36, end) }

    private func painted(_ text: String, _ code: Int, _ end: String) -> String {
      isOn ? "\u{1b}[\(code)m\(text)\(end)" : text
    }
  }
}
