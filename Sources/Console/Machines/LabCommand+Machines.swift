extension LabCommand {
  /// Commands about the machine itself: its name, kernel modules, services, power, other machines' shells.
  static let machineCommands: [LabCommand] =
    [
      LabCommand(name: "hostname", summary: "print the machine's name") { invocation, lab -> CommandResult in
        Hostname.run(invocation, in: lab)
      },
      LabCommand(name: "getent", summary: "look a name up in /etc/hosts") {
        invocation, lab -> CommandResult in
        GetEnt.run(invocation, in: lab)
      },
      LabCommand(name: "date", summary: "print the lab's time") { invocation, lab -> CommandResult in
        DateTool.run(invocation, in: lab)
      },
      LabCommand(name: "uptime", summary: "print since when the machine is up") {
        invocation, lab -> CommandResult in
        Uptime.run(invocation, in: lab)
      },
      LabCommand(name: "uname", summary: "print the kernel's name and release") {
        (invocation, lab) -> CommandResult in Uname.run(invocation, in: lab)
      },
      LabCommand(name: "systemctl", summary: "ask for kubelet and containerd, or restart them") {
        (invocation, lab) -> CommandResult in ServiceTool.run(invocation, in: &lab)
      },
      LabCommand(name: "sysctl", summary: "show and change kernel settings") {
        (invocation, lab) -> CommandResult in SysctlTool.run(invocation, in: &lab)
      },
    ] + moduleCommands + powerCommands + remoteCommands

  private static let moduleCommands: [LabCommand] = [
    LabCommand(name: "lsmod", summary: "show the kernel modules that are loaded") {
      (invocation, lab) -> CommandResult in ModuleTool.list(invocation, in: lab)
    },
    LabCommand(name: "modprobe", summary: "load a kernel module") {
      (invocation, lab) -> CommandResult in ModuleTool.probe(invocation, in: &lab)
    },
    LabCommand(name: "rmmod", summary: "remove a kernel module") {
      (invocation, lab) -> CommandResult in ModuleTool.remove(invocation, in: &lab)
    },
  ]

  private static let powerCommands = ["reboot", "poweroff", "halt", "shutdown"].map { name in
    LabCommand(name: name, summary: "switch the machine off, or start it anew") {
      (invocation, lab) -> CommandResult in PowerTool.run(name, invocation, in: &lab)
    }
  }
}
