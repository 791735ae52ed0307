import ControlPlane
import NetModel

/// `cilium-dbg bpf policy get`: what is in `cilium_policy_v2_NNNNN`.
///
/// Bytes and packets are not counted in the lab; they print as maps without statistics do.
///
/// Source: Cilium `cilium-dbg/cmd/bpf_policy_get.go`, `pkg/maps/policymap/policymap.go`.
enum BPFPolicyMaps {
  static func text(_ agent: AgentView, _ flags: ParsedFlags) throws(ToolFailure) -> String {
    if flags.isOn("all") { return all(agent, isNumeric: flags.isOn("numeric")) }
    guard let id = flags.arguments.first else { throw .error("Missing endpoint id argument\n") }
    guard let number = Int(id), (0...65535).contains(number) else {
      throw .error("Cannot parse endpoint id \"\(id)\": strconv.ParseInt: parsing \"\(id)\": invalid syntax")
    }
    guard let map = agent.datapath.policyMap(ofEndpoint: number) else {
      let path = "/sys/fs/bpf/tc/globals/\(PolicyMap.name(ofEndpoint: number))"
      throw .error("Failed to open map: unable to get object \(path): no such file or directory\n")
    }
    return table(map, agent, isNumeric: flags.isOn("numeric"))
  }

  static func all(_ agent: AgentView, isNumeric: Bool) -> String {
    agent.datapath.policyMaps.map { map in
      "Endpoint ID: \(map.endpoint)\nPath: /sys/fs/bpf/tc/globals/\(PolicyMap.name(ofEndpoint: map.endpoint))\n\n"
        + table(map, agent, isNumeric: isNumeric) + "\n\n"
    }.joined()
  }

  private static func table(_ map: PolicyMap, _ agent: AgentView, isNumeric: Bool) -> String {
    let names = agent.identityNames
    let head =
      "POLICY\tDIRECTION\t\(isNumeric ? "IDENTITY" : "LABELS (source:key[=value])")\tPORT/PROTO\tPROXY PORT\t"
      + "AUTH TYPE\tBYTES\tPACKETS\tPREFIX\t\n"
    let lines = map.entries.flatMap { entry -> [String] in
      let labels =
        isNumeric
        ? ["\(entry.key.identity.number)"]
        : entry.key.isForEveryPeer ? ["ANY"] : names[entry.key.identity]
      let direction = entry.key.direction == .ingress ? "Ingress" : "Egress"
      let first =
        "\(entry.isDeny ? "Deny" : "Allow")\t\(direction)\t\(labels.first ?? "")\t\(entry.key.l4)\tNONE\t"
        + "disabled\t-\t-\t\(entry.key.l4.prefixLength)\t\n"
      return [first] + labels.dropFirst().map { "\t\t\($0)\t\t\t\t\t\t\t\n" }
    }
    var writer = TabWriter(minimumWidth: 5, padding: 3)
    let empty = lines.isEmpty ? "Policy stats empty. Perhaps the policy enforcement is disabled?\n" : ""
    return writer.format(head + lines.joined()) + empty
  }
}
