extension LabCommand {
  /// Commands that show and change the network of one machine, or send packets from it.
  static let networkCommands: [LabCommand] = [
    LabCommand(name: "ip", summary: "show and change addresses, links, routes, rules and neighbors") {
      (invocation, lab) -> CommandResult in IPTool.run(invocation, in: &lab)
    },
    network("ping", "send echo requests") { (invocation, _) throws(Refusal) in
      PingJob(try PingOptions(invocation.arguments), on: invocation.stack)
    },
  ]

  /// A command whose job is made from its arguments, or that is refused because of them.
  private static func network(
    _ name: String, _ summary: String,
    _ make: @escaping @Sendable (Invocation, RunningLab) throws(Refusal) -> any Job
  ) -> LabCommand {
    LabCommand(name: name, summary: summary) { (invocation, lab) -> any Job in
      do throws(Refusal) {
        return try make(invocation, lab)
      } catch {
        return FinishedJob(error.result(of: name))
      }
    }
  }
}
