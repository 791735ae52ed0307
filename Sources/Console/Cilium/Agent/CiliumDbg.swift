import ControlPlane
import NetModel

/// `cilium-dbg`, the tool in the agents' pods.
enum CiliumDbg {
  static func start(_ invocation: Invocation, in lab: RunningLab) -> any Job {
    guard case .host(let node) = invocation.stack, let agent = AgentView(of: node, in: lab) else {
      return FinishedJob(
        CommandResult(standardError: "bash: cilium-dbg: command not found\n", status: 127))
    }
    let words = invocation.arguments
    do throws(ToolFailure) {
      if words.first == "monitor" { return try AgentMonitor(Array(words.dropFirst()), on: node) }
      return FinishedJob(CommandResult(standardOutput: try answer(to: words, agent)))
    } catch {
      return FinishedJob(CommandResult(error))
    }
  }

  private static func answer(to arguments: [String], _ agent: AgentView) throws(ToolFailure) -> String {
    let words = arguments.prefix { !$0.hasPrefix("-") }.map(AgentCommand.word)
    guard let command = command(words) else { return try help(words, arguments) }
    let line = (["cilium-dbg"] + command.path).joined(separator: " ")
    let flags = try command.flags.parse(Array(arguments.dropFirst(command.path.count)), of: line)
    if flags.isOn("help") { return usage(of: command) }
    let answer = try command.answer(agent, flags)
    guard let format = flags.text("output"), !format.isEmpty else { return answer.text }
    guard let document = answer.document else { throw .notModelled("\(line) -o \(format)") }
    return try printed(document, as: format)
  }

  /// Source: Cilium `pkg/command/output.go`.
  private static func printed(_ document: JSONValue, as format: String) throws(ToolFailure) -> String {
    switch format {
    case "json": return JSONPrinter.indented(document, by: 2) + "\n"
    case "yaml": return YAMLPrinter.document(document)
    case _ where format.hasPrefix("jsonpath="):
      do throws(JSONPathError) {
        return try JSONPath(String(format.dropFirst("jsonpath=".count))).text(on: document) + "\n"
      } catch {
        throw ToolFailure(
          standardError: "Couldn't parse jsonpath expression: '\(error.message)'\n", status: 1)
      }
    default: throw ToolFailure(standardError: "", status: 1)
    }
  }

  /// The command whose words begin the line, the longest where several do.
  private static func command(_ words: [String]) -> AgentCommand? {
    AgentCommand.all.filter { words.starts(with: $0.path) }.max { $0.path.count < $1.path.count }
  }

  private static func usage(of command: AgentCommand) -> String {
    let flags = command.flags.flags.filter(\.isModelled).map { "      --\($0.name)" }
    let line = (["cilium-dbg"] + command.path).joined(separator: " ")
    return "\(command.summary)\n\nUsage:\n  \(line) [flags]\n\nFlags:\n" + flags.map { $0 + "\n" }.joined()
  }

  /// The commands below the words; where there are none, the line is one that the lab does not model.
  private static func help(_ words: [String], _ arguments: [String]) throws(ToolFailure) -> String {
    let asked = words.first == "help" ? Array(words.dropFirst()) : words
    let below = AgentCommand.all.filter { $0.path.starts(with: asked) }
    guard !below.isEmpty else { throw refusal(asked, arguments) }
    let rows = below.map { ["  " + $0.path.joined(separator: " "), $0.summary] }
    var writer = TabWriter(minimumWidth: 0, padding: 3)
    let line = (["cilium-dbg"] + asked).joined(separator: " ")
    return "Usage:\n  \(line) [command]\n\nAvailable Commands:\n" + writer.format(rows: rows)
  }
}

extension CiliumDbg {
  /// Why a line that no modelled command begins is refused; a command that the tool does not have is told twice.
  ///
  /// Source: Cilium `cilium-dbg/cmd/root.go`, `Execute`; cobra `args.go`, `legacyArgs`.
  private static func refusal(_ words: [String], _ arguments: [String]) -> ToolFailure {
    guard let name = words.first, !unmodelledCommands.contains(name) else {
      return .notModelled((["cilium-dbg"] + arguments).joined(separator: " "))
    }
    let isGroup = AgentCommand.all.contains { $0.path[0] == name }
    if isGroup { return .notModelled((["cilium-dbg"] + arguments).joined(separator: " ")) }
    let message = "unknown command \(JSONValue.quoted(name)) for \"cilium-dbg\""
    return ToolFailure(
      standardOutput: message + "\n",
      standardError: "Error: \(message)\nRun 'cilium-dbg --help' for usage.\n", status: 1)
  }

  /// Source: Cilium `cilium-dbg/cmd`.
  private static let unmodelledCommands: Set<String> = [
    "build-config", "cgroups", "cleanup", "cmdref", "completion", "debuginfo", "encrypt", "fqdn", "help",
    "kvstore",
    "loadinfo", "lrp", "metrics", "monitor", "nodeid", "policy", "post-uninstall-cleanup", "prefilter",
    "preflight", "recorder", "statedb", "troubleshoot",
  ]
}

extension AgentAnswer {
  var text: String {
    switch self {
    case .text(let text), .document(let text, _): text
    }
  }

  var document: JSONValue? {
    if case .document(_, let document) = self { document } else { nil }
  }
}
