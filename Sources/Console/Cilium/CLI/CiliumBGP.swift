import ControlPlane
import NetModel

/// `cilium bgp`: the BGP speakers of all agents.
///
/// Source: Cilium `cilium-cli/bgp`.
enum CiliumBGP {
  static func peers(_ request: CiliumCLI.Request) throws(ToolFailure) -> String {
    try refuse(request, "peers")
  }

  static func routes(_ request: CiliumCLI.Request) throws(ToolFailure) -> String {
    try refuse(request, "routes")
  }

  private static func refuse(_ request: CiliumCLI.Request, _ what: String) throws(ToolFailure) -> String {
    throw .notModelled("cilium bgp \(what)")
  }
}
