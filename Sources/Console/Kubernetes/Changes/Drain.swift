import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/drain/drain.go` (`RunDrain`).
  static let drainCommand = KubectlCommand(
    "drain",
    flags: [
      DryRun.flag, Flag("selector", "l", .text), Flag("ignore-daemonsets", nil, .bool),
      Flag("delete-emptydir-data", nil, .bool), Flag("force", nil, .bool), Flag("grace-period", nil, .number),
      Flag("timeout", nil, .text), Flag("disable-eviction", nil, .bool),
      .unmodelled("pod-selector", nil, .text), .unmodelled("skip-wait-for-delete-timeout", nil, .number),
      .unmodelled("chunk-size", nil, .number),
    ]
  ) { (call, lab, answer) throws(KubectlError) in
    guard let network = lab.network else { return }
    let names = ResourceNames(network)
    guard let nodes = names.resource(named: "nodes"), let pods = names.resource(named: "pods") else { return }
    if call.arguments.isEmpty, !call.flags.contains("selector") {
      throw .usage("USAGE: drain NODE [flags]", command: "drain")
    }
    let arguments = try ResourceArguments(["nodes"] + call.arguments, names: names)
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    if let error = errors.first { throw error }
    let dryRun = try DryRun(call.flags)
    let drained = found.flatMap(\.documents)
    for node in drained { try setSchedulable(false, node, nodes, dryRun, in: &lab, &answer) }
    var failures: [(node: String, text: String)] = []
    for node in drained {
      let plan = DrainPlan(
        of: node.objectName, pods: network.apiList(pods, namespace: nil, at: lab.now), call)
      if let failure = plan.failure {
        answer.warn(
          "error: unable to drain node \"\(node.objectName)\" due to error: \(plan.isSeveral ? "[\(failure)]" : failure), continuing command..."
        )
        failures.append((node.objectName, failure))
        continue
      }
      if let warning = plan.warning { answer.warn("Warning: \(warning)") }
      try evict(plan.evicted, pods, dryRun, in: &lab, &answer)
      answer.output += "node/\(node.objectName) drained\(dryRun.suffix)\n"
    }
    guard !failures.isEmpty else { return }
    answer.warn("There are pending nodes to be drained:")
    failures.forEach { answer.warn(" \($0.node)") }
    throw .client(failures.map(\.text).joined(separator: "\n"))
  }

  private static func evict(
    _ evicted: [JSONValue], _ pods: APIResource, _ dryRun: DryRun, in lab: inout RunningLab,
    _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    for pod in evicted {
      answer.output += "evicting pod \(pod.objectNamespace)/\(pod.objectName)\(dryRun.suffix)\n"
    }
    guard dryRun == .none else { return }
    for pod in evicted {
      _ = try lab.request(.delete(pods, namespace: pod.objectNamespace, name: pod.objectName))
      answer.output += "pod/\(pod.objectName) evicted\n"
    }
  }
}

/// Which pods leave a node, and what stands in the way.
///
/// Source: kubectl `pkg/drain/filters.go`.
private struct DrainPlan {
  private(set) var evicted: [JSONValue] = []
  private var failures: [Verdict: [String]] = [:]
  private var warnings: [Verdict: [String]] = [:]

  private enum Verdict: CaseIterable {
    case daemonSet, localStorage, unmanaged

    var fatal: String {
      switch self {
      case .daemonSet: "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)"
      case .localStorage: "cannot delete Pods with local storage (use --delete-emptydir-data to override)"
      case .unmanaged: "cannot delete Pods that declare no controller (use --force to override)"
      }
    }

    var warning: String {
      switch self {
      case .daemonSet: "ignoring DaemonSet-managed Pods"
      case .localStorage: "deleting Pods with local storage"
      case .unmanaged: "deleting Pods that declare no controller"
      }
    }

    /// The flag that lets the drain go on.
    var flag: String {
      switch self {
      case .daemonSet: "ignore-daemonsets"
      case .localStorage: "delete-emptydir-data"
      case .unmanaged: "force"
      }
    }
  }

  init(of node: String, pods: [JSONValue], _ call: KubectlCall) {
    for pod in pods where pod.value(at: "spec", "nodeName")?.text == node {
      take(pod, call)
    }
  }

  private mutating func take(_ pod: JSONValue, _ call: KubectlCall) {
    let owner = pod.value(at: "metadata", "ownerReferences")?.elements.first?["kind"]?.text
    let annotations = pod.value(at: "metadata", "annotations")
    if owner == "Node" || annotations?["kubernetes.io/config.mirror"] != nil { return }
    let verdicts = Verdict.allCases.filter { verdict in
      switch verdict {
      case .daemonSet: owner == "DaemonSet"
      case .localStorage:
        owner != "DaemonSet"
          && pod.value(at: "spec", "volumes")?.elements.contains { $0["emptyDir"] != nil } == true
      case .unmanaged: owner == nil
      }
    }
    let name = "\(pod.objectNamespace)/\(pod.objectName)"
    for verdict in verdicts {
      if call.flags.isOn(verdict.flag) {
        warnings[verdict, default: []].append(name)
      } else {
        failures[verdict, default: []].append(name)
      }
    }
    if owner != "DaemonSet" { evicted.append(pod) }
  }

  var isSeveral: Bool { failures.count > 1 }

  /// `nil` where nothing stands in the way.
  var failure: String? { Self.text(failures, \.fatal, ", ") }
  var warning: String? { Self.text(warnings, \.warning, "; ") }

  private static func text(
    _ found: [Verdict: [String]], _ message: KeyPath<Verdict, String>, _ separator: String
  ) -> String? {
    let parts = Verdict.allCases.compactMap { verdict in
      found[verdict].map { "\(verdict[keyPath: message]): \($0.joined(separator: ", "))" }
    }
    return parts.isEmpty ? nil : parts.joined(separator: separator)
  }
}
