import NetModel

/// Containers as `kubectl describe` shows them.
///
/// Source: kubectl `pkg/describe/describe.go` (`describeContainers` and what it calls).
enum ContainerText {
  /// - Parameters:
  ///   - pod: The pod that they run in; `nil` for a template.
  ///   - space: stands before the names, for templates.
  static func describe(
    _ label: String, _ containers: [JSONValue], statuses: [JSONValue], of pod: JSONValue?, space: String,
    to text: inout DescribeText
  ) {
    guard !containers.isEmpty else { return text.line(0, "\(space)\(label): <none>") }
    text.line(0, "\(space)\(label):")
    for container in containers {
      let status = statuses.first { $0["name"] == container["name"] }
      describe(container, status, of: pod, space: space, to: &text)
    }
  }

  private static func describe(
    _ container: JSONValue, _ status: JSONValue?, of pod: JSONValue?, space: String,
    to text: inout DescribeText
  ) {
    text.line(1, "\(space.isEmpty ? "" : " ")\(container["name"]?.text ?? ""):")
    if let status { text.field("Container ID", status["containerID"]?.text ?? "", level: 2) }
    text.field("Image", container["image"]?.text ?? "", level: 2)
    if let status { text.field("Image ID", status["imageID"]?.text ?? "", level: 2) }
    describePorts(container["ports"]?.elements ?? [], to: &text)
    describeWords("Command", container["command"], to: &text)
    describeWords("Args", container["args"], to: &text)
    if let status {
      describeState("State", status["state"] ?? .object([]), to: &text)
      if status.value(at: "lastState", "terminated") != nil {
        describeState("Last State", status["lastState"] ?? .object([]), to: &text)
      }
      text.field("Ready", status["ready"]?.boolean == true ? "True" : "False", level: 2)
      text.field("Restart Count", String(status["restartCount"]?.integer ?? 0), level: 2)
    }
    for (name, field) in [("Limits", "limits"), ("Requests", "requests")] {
      let members = container.value(at: "resources", field)?.members ?? []
      if !members.isEmpty { text.line(2, "\(name):") }
      for member in members { text.field(member.name, member.value.goText, level: 3) }
    }
    describeEnvironment(container["env"]?.elements ?? [], of: pod, to: &text)
    let mounts = container["volumeMounts"]?.elements ?? []
    if mounts.isEmpty { return text.field("Mounts", "<none>", level: 2) }
    text.line(2, "Mounts:")
    for mount in mounts.sorted(by: { ($0["mountPath"]?.text ?? "") < ($1["mountPath"]?.text ?? "") }) {
      let mode = mount["readOnly"]?.boolean == true ? "ro" : "rw"
      text.line(3, "\(mount["mountPath"]?.text ?? "") from \(mount["name"]?.text ?? "") (\(mode))")
    }
  }

  private static func describePorts(_ ports: [JSONValue], to text: inout DescribeText) {
    func list(_ field: String) -> String {
      ports.map { "\($0[field]?.integer ?? 0)/\($0["protocol"]?.text ?? "TCP")" }.joined(separator: ", ")
    }
    let plural = ports.count > 1 ? "s" : ""
    text.field("Port\(plural)", list("containerPort").orNone, level: 2)
    text.field("Host Port\(plural)", list("hostPort").orNone, level: 2)
  }

  private static func describeWords(_ label: String, _ words: JSONValue?, to text: inout DescribeText) {
    let words = words?.elements ?? []
    if words.isEmpty { return }
    text.line(2, "\(label):")
    for word in words.compactMap(\.text) {
      for line in word.split(separator: "\n", omittingEmptySubsequences: false) { text.line(3, String(line)) }
    }
  }

  private static func describeState(_ label: String, _ state: JSONValue, to text: inout DescribeText) {
    if let running = state["running"] {
      text.field(label, "Running", level: 2)
      text.field("Started", DescribeText.time(running["startedAt"]?.text), level: 3)
    } else if let terminated = state["terminated"] {
      text.field(label, "Terminated", level: 2)
      if let reason = terminated["reason"]?.text { text.field("Reason", reason, level: 3) }
      if let message = terminated["message"]?.text { text.field("Message", message, level: 3) }
      text.field("Exit Code", String(terminated["exitCode"]?.integer ?? 0), level: 3)
      text.field("Started", DescribeText.time(terminated["startedAt"]?.text), level: 3)
      text.field("Finished", DescribeText.time(terminated["finishedAt"]?.text), level: 3)
    } else {
      text.field(label, "Waiting", level: 2)
      if let reason = state.value(at: "waiting", "reason")?.text { text.field("Reason", reason, level: 3) }
    }
  }

  private static func describeEnvironment(
    _ variables: [JSONValue], of pod: JSONValue?, to text: inout DescribeText
  ) {
    if variables.isEmpty { return text.field("Environment", "<none>", level: 2) }
    text.line(2, "Environment:")
    for variable in variables {
      let name = variable["name"]?.text ?? ""
      guard let source = variable["valueFrom"] else {
        let lines = (variable["value"]?.text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
          text.line(3, index == 0 ? "\(name):\t\(line)" : "\t\(line)")
        }
        continue
      }
      if let field = source["fieldRef"] {
        let path = field["fieldPath"]?.text ?? ""
        text.line(3, "\(name):\t\(value(of: path, in: pod)) (\(field["apiVersion"]?.text ?? "v1"):\(path))")
      } else {
        let kind = source.members.first?.name ?? ""
        let named = source.members.first?.value
        let word = kind == "secretKeyRef" ? "in secret" : "of config map"
        let optional = named?["optional"]?.boolean == true
        text.line(
          3,
          "\(name):\t<set to the key '\(named?["key"]?.text ?? "")' \(word) '\(named?["name"]?.text ?? "")'>  "
            + "Optional: \(optional)")
      }
    }
  }

  private static func value(of path: String, in pod: JSONValue?) -> String {
    var value = pod
    for name in path.split(separator: ".") { value = value?[String(name)] }
    return value?.text ?? ""
  }
}
