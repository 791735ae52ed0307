extension LabCommand {
  /// Commands of Cilium and of its chart: `cilium`, `cilium-dbg`, `hubble`, `helm`.
  static let ciliumCommands: [LabCommand] = [
    LabCommand(name: "cilium", summary: "show Cilium's status, configuration and features") {
      (invocation, lab) -> any Job in CiliumCLI.start(invocation, in: lab)
    },
    LabCommand(name: "cilium-dbg", summary: "ask the node's Cilium agent about its maps and state") {
      (invocation, lab) -> any Job in CiliumDbg.start(invocation, in: lab)
    },
    LabCommand(name: "hubble", summary: "watch flows as the nodes' agents report them") {
      (invocation, lab) -> any Job in Hubble.start(invocation, in: lab)
    },
    LabCommand(name: "helm", summary: "change the Cilium release's values, show its revisions") {
      (invocation, lab) -> CommandResult in Helm.run(invocation, in: &lab)
    },
  ]
}
