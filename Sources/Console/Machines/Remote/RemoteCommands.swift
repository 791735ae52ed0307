extension LabCommand {
  /// Commands that run others, here or on another machine.
  static let remoteCommands: [LabCommand] = [
    LabCommand(name: "ssh", summary: "run a command on another machine") { invocation, _ -> any Job in
      begin("ssh") { () throws(Refusal) in SSHJob(try SSHOptions(parsing: invocation.arguments), invocation) }
    },
    LabCommand(name: "sshpass", summary: "give a password to ssh") { invocation, lab -> any Job in
      begin("sshpass") { () throws(Refusal) in
        lab.start(
          try SSHPass.command(in: invocation.arguments), on: invocation.stack, input: invocation.input)
      }
    },
    LabCommand(name: "sudo", summary: "run a command as root, which everybody is") {
      invocation, lab -> any Job in
      begin("sudo") { () throws(Refusal) in
        switch try Sudo.task(of: invocation.arguments) {
        case .shell: return ShellHandover(request: ShellRequest(stack: invocation.stack, line: nil))
        case .command(let words):
          guard named(words[0]) != nil else {
            throw .complaint("sudo: \(words[0]): command not found\n", status: 1)
          }
          return lab.start(words, on: invocation.stack, input: invocation.input)
        }
      }
    },
    LabCommand(name: "watch", summary: "run a command again and again") { invocation, _ -> any Job in
      begin("watch") { () throws(Refusal) in
        WatchJob(try WatchOptions(parsing: invocation.arguments), invocation)
      }
    },
  ]

  /// The job, or one that tells why there is none.
  private static func begin(_ name: String, _ job: () throws(Refusal) -> any Job) -> any Job {
    do throws(Refusal) {
      return try job()
    } catch {
      return FinishedJob(error.result(of: name))
    }
  }
}
