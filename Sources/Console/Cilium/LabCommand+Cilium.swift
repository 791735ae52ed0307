extension LabCommand {
  /// Commands of Cilium and of its chart: `cilium`, `cilium-dbg`, `hubble`, `helm`.
  static let ciliumCommands: [LabCommand] = [
    LabCommand(name: "cilium", summary: "show Cilium's status, configuration and features") {
      (invocation, lab) -> any Job in CiliumCLI.start(invocation, in: lab)
    },
    LabCommand(name: "cilium-dbg", summary: "ask the node's Cilium agent about its maps and state") {
      (invocation, lab) -> CommandResult in CiliumDbg.run(invocation, in: lab)
    },
  ]
}
