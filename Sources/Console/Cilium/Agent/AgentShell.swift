import ControlPlane
import NetModel

/// `cilium-dbg shell -- COMMAND`.
///
/// Source: Cilium `cilium-dbg/cmd/../../pkg/shell`, `vendor/github.com/cilium/statedb/script.go`.
enum AgentShell {
  static func run(_ words: [String], on agent: AgentView) throws(ToolFailure) -> String {
    guard let command = words.first else { throw .notModelled("cilium-dbg shell") }
    switch command {
    case "db":
      let names = AgentStateTable.all.map { [$0.name, "\($0.rows(agent).count)"] }
      var writer = TabWriter(minimumWidth: 5, padding: 3)
      return writer.format(rows: [["Name", "Object count"]] + names)
    case "db/show": return try show(Array(words.dropFirst()), on: agent)
    default: throw .notModelled("cilium-dbg shell -- \(command)")
    }
  }

  private static func show(_ words: [String], on agent: AgentView) throws(ToolFailure) -> String {
    if let option = words.first(where: { $0.hasPrefix("-") }) {
      throw .notModelled("cilium-dbg shell -- db/show \(option)")
    }
    guard let name = words.first else { throw .error("usage: db/show [-o=<file>] [-columns=col1,...] table") }
    guard let table = AgentStateTable.all.first(where: { $0.name == name }) else {
      throw .notModelled("cilium-dbg shell -- db/show \(name)")
    }
    return table.text(agent)
  }
}
