import NetModel

/// `hostname`, without arguments.
enum Hostname {
  static func run(_ invocation: Invocation) -> CommandResult {
    guard let argument = invocation.arguments.first else {
      return CommandResult(standardOutput: invocation.stack.hostname + "\n")
    }
    return CommandResult(standardError: "hostname: \(argument): not modelled here\n", status: 127)
  }
}

extension StackID {
  /// The name that the machine or the pod has for itself.
  package var hostname: String {
    switch self {
    case .host(let node): node.name
    case .pod(let pod): pod.name
    }
  }
}
