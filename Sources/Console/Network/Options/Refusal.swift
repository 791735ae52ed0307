/// Why a command does not begin.
enum Refusal: Error, Hashable {
  /// What was asked exists and is not modelled.
  case notModelled(String)
  /// The tool's own complaint, with its line ends, and its exit status.
  case complaint(String, status: Int32)

  /// What a command of that name writes.
  func result(of command: String) -> CommandResult {
    switch self {
    case .notModelled(let what):
      CommandResult(standardError: "\(command): \(what): not modelled here\n", status: 127)
    case .complaint(let text, let status): CommandResult(standardError: text, status: status)
    }
  }
}

extension CommandOptions.Failure {
  /// What a tool says of a command line that cannot be read.
  func refusal(of command: String, status: Int32) -> Refusal {
    switch self {
    case .notModelled(let word): .notModelled(word)
    case .missingValue(let name) where name.count == 1:
      .complaint("\(command): option requires an argument -- '\(name)'\n", status: status)
    case .missingValue(let name):
      .complaint("\(command): option '--\(name)' requires an argument\n", status: status)
    }
  }
}
