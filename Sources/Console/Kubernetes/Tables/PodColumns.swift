import NetModel

extension ResourceColumns {
  /// Source: Kubernetes `pkg/printers/internalversion/printers.go` (`printPod`).
  static let pod: [TableColumn] = [
    .name,
    TableColumn("READY") { document in PodSummary(document).ready },
    TableColumn("STATUS") { document in PodSummary(document).reason },
    TableColumn("RESTARTS") { document, context in PodSummary(document).restarts(at: context) },
    .age,
    TableColumn("IP", isWide: true) { document in
      document.value(at: "status", "podIPs")?.elements.first?["ip"]?.text.orNone ?? "<none>"
    },
    TableColumn("NODE", isWide: true) { document in
      document.value(at: "spec", "nodeName")?.text.orNone ?? "<none>"
    },
    TableColumn("NOMINATED NODE", isWide: true) { document in
      document.value(at: "status", "nominatedNodeName")?.text.orNone ?? "<none>"
    },
    TableColumn("READINESS GATES", isWide: true) { document in PodSummary(document).readinessGates },
  ]
}

/// What kubectl tells of a pod in a few words.
///
/// Source: Kubernetes `pkg/printers/internalversion/printers.go` (`printPod`).
struct PodSummary {
  private let document: JSONValue
  private(set) var reason: String
  private var readyCount = 0
  private var restartCount = 0
  private var lastRestart: String?

  init(_ document: JSONValue) {
    self.document = document
    let status = document["status"]
    reason = status?["reason"]?.text ?? status?["phase"]?.text ?? ""
    let isInitializing = passInitContainers(status?["initContainerStatuses"]?.elements ?? [])
    if !isInitializing || hasTrueCondition("Initialized") {
      passContainers(status?["containerStatuses"]?.elements ?? [])
    }
    guard document.value(at: "metadata", "deletionTimestamp") != nil else { return }
    if status?["reason"]?.text == "NodeLost" {
      reason = "Unknown"
    } else if !["Succeeded", "Failed"].contains(status?["phase"]?.text) {
      reason = "Terminating"
    }
  }

  var ready: String { "\(readyCount)/\(document.value(at: "spec", "containers")?.elements.count ?? 0)" }

  func restarts(at context: TableContext) -> String {
    guard restartCount > 0, let lastRestart else { return String(restartCount) }
    return "\(restartCount) (\(context.age(of: lastRestart)) ago)"
  }

  var readinessGates: String {
    let gates = document.value(at: "spec", "readinessGates")?.elements ?? []
    if gates.isEmpty { return "<none>" }
    let open = gates.count { hasTrueCondition($0["conditionType"]?.text ?? "") }
    return "\(open)/\(gates.count)"
  }

  private func hasTrueCondition(_ type: String) -> Bool {
    document.condition(type)?["status"]?.text == "True"
  }

  /// - Returns: Whether one of them is still to end.
  private mutating func passInitContainers(_ statuses: [JSONValue]) -> Bool {
    let count = document.value(at: "spec", "initContainers")?.elements.count ?? 0
    for (index, container) in statuses.enumerated() {
      restartCount += container["restartCount"]?.integer ?? 0
      let state = container["state"]
      if let terminated = state?["terminated"] {
        if terminated["exitCode"]?.integer == 0 { continue }
        reason = "Init:" + Self.endReason(terminated)
      } else if let waiting = state?.value(at: "waiting", "reason")?.text, waiting != "PodInitializing" {
        reason = "Init:" + waiting
      } else {
        reason = "Init:\(index)/\(count)"
      }
      return true
    }
    return false
  }

  private mutating func passContainers(_ statuses: [JSONValue]) {
    restartCount = 0
    var isOneRunning = false
    for container in statuses.reversed() {
      restartCount += container["restartCount"]?.integer ?? 0
      if let ended = container.value(at: "lastState", "terminated", "finishedAt")?.text {
        lastRestart = max(lastRestart ?? "", ended)
      }
      let state = container["state"]
      if let waiting = state?.value(at: "waiting", "reason")?.text, !waiting.isEmpty {
        reason = waiting
      } else if let terminated = state?["terminated"] {
        reason = Self.endReason(terminated)
      } else if container["ready"]?.boolean == true, state?["running"] != nil {
        isOneRunning = true
        readyCount += 1
      }
    }
    if reason == "Completed", isOneRunning { reason = hasTrueCondition("Ready") ? "Running" : "NotReady" }
  }

  private static func endReason(_ terminated: JSONValue) -> String {
    if let reason = terminated["reason"]?.text, !reason.isEmpty { return reason }
    if let signal = terminated["signal"]?.integer, signal != 0 { return "Signal:\(signal)" }
    return "ExitCode:\(terminated["exitCode"]?.integer ?? 0)"
  }
}

extension String {
  /// The text; `<none>` where it is empty.
  var orNone: String { isEmpty ? "<none>" : self }
}

extension String? {
  /// The text; `<none>` where there is none.
  var orNone: String { self?.orNone ?? "<none>" }
}

extension JSONValue {
  /// The name in the object's metadata; empty without one.
  var objectName: String { value(at: "metadata", "name")?.text ?? "" }

  /// The namespace in the object's metadata; empty without one.
  var objectNamespace: String { value(at: "metadata", "namespace")?.text ?? "" }

  /// The condition of that type in the object's status.
  func condition(_ type: String) -> JSONValue? {
    value(at: "status", "conditions")?.elements.first { $0["type"]?.text == type }
  }
}
