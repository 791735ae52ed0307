import ControlPlane
import NetModel

/// `cilium-dbg bgp`: what an agent's BGP speaker knows.
enum AgentBGP {
  static func peers(_ agent: AgentView) -> String {
    guard agent.agent.settings.bgpControlPlane else { return "BGP Control Plane is disabled\n" }
    return BGPTables(network: agent.network, now: agent.now).peers(of: agent.node.id)
  }

  static func routes(_ agent: AgentView, _ words: [String]) throws(ToolFailure) -> String {
    let asked = try BGPRouteWords(words, tool: "cilium-dbg")
    guard agent.agent.settings.bgpControlPlane else {
      return asked.note + "BGP Control Plane is disabled\n"
    }
    return asked.note
      + BGPTables(network: agent.network, now: agent.now).routes(asked.kind, of: agent.node.id)
  }
}
