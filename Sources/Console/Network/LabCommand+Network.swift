extension LabCommand {
  /// Commands that show and change the network of one machine, or send packets from it.
  static let networkCommands: [LabCommand] = [
    LabCommand(name: "ip", summary: "show and change addresses, links, routes, rules and neighbors") {
      (invocation, lab) -> CommandResult in IPTool.run(invocation, in: &lab)
    }
  ]
}
