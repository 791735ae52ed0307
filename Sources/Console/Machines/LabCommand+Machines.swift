extension LabCommand {
  /// Commands about the machine itself: its name, kernel modules, services, power, other machines' shells.
  static let machineCommands: [LabCommand] = [
    LabCommand(name: "hostname", summary: "print the machine's name") { invocation, _ -> CommandResult in
      Hostname.run(invocation)
    }
  ]
}
