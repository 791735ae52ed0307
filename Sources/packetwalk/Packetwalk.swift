import ArgumentParser

@main
struct Packetwalk: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packetwalk",
    abstract: "One Kubernetes cluster, one packet, every hop, and why.",
    subcommands: [Inspect.self],
    defaultSubcommand: Inspect.self)

  /// Exit status: 0 done, 1 the question has no answer, 2 usage.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(by: error)
    }
  }

  private static func end(by error: any Error) -> Never {
    let status = exitCode(for: error)
    let text = error is Complaint ? "packetwalk: \(error)" : fullMessage(for: error)
    if !text.isEmpty { writeAll(text + "\n", to: status.isSuccess ? .standardOutput : .standardError) }
    endProcess(status: status == .validationFailure ? 2 : status.rawValue)
  }
}

/// Why there is no answer: one line for standard error, in the user's language.
struct Complaint: Error, CustomStringConvertible {
  let description: String
}
