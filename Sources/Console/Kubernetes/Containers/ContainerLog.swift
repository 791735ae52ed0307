import ControlPlane
import NetModel

/// What the programs in containers have written, as far as the lab knows them.
enum ContainerLog {
  struct Line: Hashable, Sendable {
    var time: WallTime
    var text: String
  }

  /// In order; `nil` where the container's program is not modelled.
  static func lines(of container: String, in pod: JSONValue, _ lab: RunningLab) -> [Line]? {
    guard let cluster = lab.network?.cluster,
      let found = cluster.pod(PodID(namespace: pod.objectNamespace, name: pod.objectName)),
      let program = found.template.containers.first(where: { $0.name == container })
    else { return nil }
    let statuses = pod.value(at: "status", "containerStatuses")?.elements ?? []
    let status = statuses.first { $0["name"]?.text == container }
    let start = status?.value(at: "state", "running", "startedAt")?.text
    guard let start = start.flatMap({ WallTime(parsing: $0) }) else { return nil }
    if program.isCiliumAgent { return found.node.flatMap { AgentLog(of: $0, in: lab)?.lines(since: start) } }
    if isSilent(program) { return [] }
    switch program.program(among: cluster.programs)?.serves {
    case .whoami where program.command.isEmpty:
      return program.listeners(programs: cluster.programs).prefix(1).map { listener in
        Line(time: start, text: "\(whoamiTime(start)) Starting up on port \(listener.port)")
      }
    case .whoami, nil: return nil
    }
  }

  /// Programs that only wait.
  private static func isSilent(_ container: PodTemplate.Container) -> Bool {
    let words = container.command + container.arguments
    return words.first == "sleep" || words.first == "tail" && words.last == "/dev/null"
  }

  /// Go's `log.LstdFlags`.
  ///
  /// Source: traefik/whoami `app.go`.
  private static func whoamiTime(_ time: WallTime) -> String {
    time.day.replacing("-", with: "/") + " " + time.timeOfDay.prefix(8)
  }
}

extension PodTemplate.Container {
  var isCiliumAgent: Bool { name == "cilium-agent" }
}
