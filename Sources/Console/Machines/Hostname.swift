import NetModel

/// `hostname`, without arguments.
enum Hostname {
  static func run(_ invocation: Invocation) -> CommandResult {
    guard let argument = invocation.arguments.first else {
      return CommandResult(standardOutput: name(of: invocation.stack) + "\n")
    }
    return CommandResult(standardError: "hostname: \(argument): not modelled here\n", status: 127)
  }

  private static func name(of stack: StackID) -> String {
    switch stack {
    case .host(let node): node.name
    case .pod(let pod): pod.name
    }
  }
}
