import ControlPlane
import NetModel

/// `cilium-dbg bgp`: what an agent's BGP speaker knows.
enum AgentBGP {
  static func peers(_ agent: AgentView) throws(ToolFailure) -> String {
    guard agent.agent.settings.bgpControlPlane else { return "BGP Control Plane is disabled\n" }
    throw .notModelled("cilium-dbg bgp peers")
  }

  static func routes(_ agent: AgentView, _ words: [String]) throws(ToolFailure) -> String {
    guard agent.agent.settings.bgpControlPlane else { return "BGP Control Plane is disabled\n" }
    throw .notModelled("cilium-dbg bgp routes")
  }
}
