import ControlPlane
import NetModel

/// `cilium-dbg map list` and `map get`.
///
/// Source: Cilium `cilium-dbg/cmd/map_list.go`, `cilium-dbg/cmd/map_get.go`, `pkg/bpf/map_linux.go`.
struct AgentMap: Sendable {
  let name: String
  /// The agent keeps a copy of what it wrote; without one the map itself is read, and `map list` counts nothing.
  let isCached: Bool
  let entries: @Sendable (AgentView) -> [(String, String)]

  /// The maps that the lab models, in ascending order of name.
  static let all: [AgentMap] = [
    AgentMap(name: "cilium_ipcache_v2", isCached: true) { agent in
      agent.datapath.ipcache.map { ("\($0.prefix)", $0.mapValue) }
    },
    AgentMap(name: "cilium_lb4_backends_v3", isCached: false) { agent in
      agent.backendMap.map { ("\($0.id)", agent.backendText($0.backend, $0.transport)) }
    },
    AgentMap(name: "cilium_lb4_reverse_nat", isCached: false) { agent in
      agent.reverseNATMap.map { ("\($0.id)", $0.address) }
    },
    AgentMap(name: "cilium_lb4_services_v2", isCached: false) { agent in
      agent.serviceMap.map { ($0.key, $0.value) }
    },
    AgentMap(name: "cilium_lxc", isCached: true) { agent in
      agent.datapath.endpoints.map { ("\($0.address):0", agent.endpointText($0)) }
    },
  ]

  static func list(_ agent: AgentView) -> String {
    let rows = all.map { map in
      [map.name, map.isCached ? "\(map.entries(agent).count)" : "0", "0", map.isCached ? "true" : "false"]
    }
    var writer = TabWriter(minimumWidth: 5, padding: 3)
    return writer.format(rows: [["Name", "Num entries", "Num errors", "Cache enabled"]] + rows)
  }

  static func get(_ name: String, _ agent: AgentView) throws(ToolFailure) -> String {
    guard let map = all.first(where: { $0.name == name }) else {
      throw .notModelled("cilium-dbg map get \(name)")
    }
    let entries = map.entries(agent)
    guard !entries.isEmpty else { return "Cache is empty\n\n" }
    let state = map.isCached ? "sync" : ""
    var writer = TabWriter(minimumWidth: 5, padding: 3)
    return writer.format(
      rows: [["Key", "Value", "State", "Error"]] + entries.map { [$0.0, $0.1, state, ""] })
  }
}
