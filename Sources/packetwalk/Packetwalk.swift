import ArgumentParser
import Presentation

@main
struct Packetwalk: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packetwalk",
    abstract: "One Kubernetes cluster, one packet, every hop, and why.",
    discussion: """
      EXAMPLES
        packetwalk                                  the inspector
        packetwalk trace curl-pod webpod@k8s-w0     one packet, hop by hop
        packetwalk compare curl-pod webpod@k8s-w0   natively routed and tunnelled
        packetwalk exec router -- ip route          what a lab's host prints

      `packetwalk help trace` tells more of a command.
      """,
    version: "packetwalk 0.1.0",
    subcommands: [
      Inspect.self, Trace.self, Compare.self, Exec.self, Render.self, Reach.self, Serve.self, Shell.self,
      Open.self, Import.self, Config.self,
    ],
    defaultSubcommand: Inspect.self)

  /// Exit status: 0 done, 1 the question has no answer, 2 usage.
  static func main() {
    if let reader = FileReader(programName: CommandLine.arguments.first ?? "") {
      reader.run(Array(CommandLine.arguments.dropFirst()))
    }
    if let link = CommandLink(programName: CommandLine.arguments.first ?? "") {
      link.run(Array(CommandLine.arguments.dropFirst()))
    }
    do {
      // Most often there is nothing to parse, and the parser takes a fifth of the time to the first frame.
      if CommandLine.argc == 1 {
        try Inspect.run(LabRequest())
      } else {
        var command = try parseAsRoot()
        try command.run()
      }
    } catch {
      end(by: error)
    }
  }

  private static func end(by error: any Error) -> Never {
    if let status = error as? ExitCode { endProcess(status: status.rawValue) }
    if let complaint = error as? Complaint { end("packetwalk: \(complaint)", status: 1) }
    let status = exitCode(for: error)
    guard status == .validationFailure else {
      writeAll(fullMessage(for: error) + "\n", to: status.isSuccess ? .standardOutput : .standardError)
      endProcess(status: status.rawValue)
    }
    let cause = message(for: error).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    end("packetwalk: \(visible(cause, limit: 400)) (packetwalk --help)", status: 2)
  }

  private static func end(_ line: String, status: Int32) -> Never {
    writeAll(line + "\n", to: .standardError)
    endProcess(status: status)
  }
}

/// Why there is no answer: one line for standard error, in the user's language.
struct Complaint: Error, CustomStringConvertible {
  let description: String
}
