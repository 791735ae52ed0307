import ControlPlane
import NetModel

/// `cilium bgp`: the BGP speakers of all agents.
///
/// Source: Cilium `cilium-cli/bgp`.
enum CiliumBGP {
  static func peers(_ request: CiliumCLI.Request) throws(ToolFailure) -> String {
    try tables(request, "peers").peers()
  }

  static func routes(_ request: CiliumCLI.Request) throws(ToolFailure) -> String {
    let asked = try BGPRouteWords(request.flags.arguments, tool: "cilium")
    return asked.note + (try tables(request, "routes").routes(asked.kind))
  }

  private static func tables(_ request: CiliumCLI.Request, _ what: String) throws(ToolFailure) -> BGPTables {
    guard let network = request.lab.network else { throw .notModelled("cilium bgp \(what)") }
    return BGPTables(network: network, now: request.lab.now)
  }
}
