import ControlPlane
import NetModel

extension Kubectl {
  static let containerCommands = [execCommand, logsCommand]

  /// Source: kubectl `pkg/cmd/exec/exec.go`.
  private static let execCommand = KubectlCommand(
    "exec",
    flags: [
      Flag("container", "c", .text), Flag("stdin", "i", .bool), Flag("tty", "t", .bool),
      Flag("quiet", "q", .bool),
      Flag("pod-running-timeout", nil, .text), .unmodelled("filename", "f", .texts),
    ]
  ) { (call, lab) throws(KubectlError) -> any Job in
    guard let word = call.arguments.first else {
      throw .usage("pod, type/name or --filename must be specified", command: "exec")
    }
    guard call.arguments.count == 1, call.flags.dashPosition != nil else {
      if call.arguments.count > 1 {
        throw .usage(
          "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead",
          command: "exec")
      }
      throw .usage("you must specify at least one command for the container", command: "exec")
    }
    let words = call.wordsBehindDashes
    guard let program = words.first else {
      throw .usage("you must specify at least one command for the container", command: "exec")
    }
    let choice = try PodChoice(word, call, lab)
    let (container, notice) = try choice.container(named: call.flags.text("container"))
    let phase = choice.pod.value(at: "status", "phase")?.text
    if phase == "Succeeded" || phase == "Failed" {
      throw .client("cannot exec into a container in a completed pod; current phase is \(phase ?? "")")
    }
    guard let stack = choice.stack, phase == "Running" else {
      throw .server(
        APIError(.badRequest, "pod \(choice.name) does not have a host assigned"))
    }
    try KubeletAccess(choice.pod).check(in: &lab)
    let image = container["image"]?.text ?? ""
    switch ImagePrograms.presence(of: program, in: image, lab.network?.cluster?.program(of: choice.id)?.tools)
    {
    case .absent: throw .client(missing(program))
    case .present, .unknown:
      guard isShell(program) || LabCommand.named(program) != nil else {
        throw .notModelled("\(program) in \(image)")
      }
    }
    let line = inAgentImage(image) ? agentLine(words) : words
    return ExecJob(
      inner: job(line, on: stack, input: call.invocation.input, in: &lab),
      forwardsInput: call.flags.isOn("stdin"), notice: call.flags.isOn("quiet") ? nil : notice)
  }

  /// The program is one that the user's own shell stands for.
  static func isShell(_ program: String) -> Bool {
    let names = ["sh", "bash", "zsh"]
    return names.contains(program)
      || names.contains { "/bin/\($0)" == program || "/usr/bin/\($0)" == program }
  }

  /// The program itself, or a shell, which is the user's own on the pod's stack.
  private static func job(
    _ words: [String], on stack: StackID, input: CommandInput, in lab: inout RunningLab
  ) -> any Job {
    guard isShell(words.first ?? "") else {
      return lab.start(words, on: stack, input: input)
    }
    if words.count == 1 { return ShellHandover(request: ShellRequest(stack: stack, line: nil)) }
    guard words.count == 3, words[1] == "-c" else {
      return FinishedJob(
        CommandResult(standardError: "\(words.joined(separator: " ")): not modelled here\n", status: 127))
    }
    return LineJob(words[2], on: stack, input: input)
  }

  /// containerd's own words.
  private static func missing(_ program: String) -> String {
    "Internal error occurred: error executing command in container: failed to exec in container: failed to start "
      + "exec: OCI runtime exec failed: exec failed: unable to start container process: exec: "
      + "\(JSONValue.quoted(program)): executable file not found in $PATH: unknown"
  }

  private static func inAgentImage(_ image: String) -> Bool {
    image.split(separator: ":").first?.hasSuffix("cilium/cilium") == true
  }

  /// In the agent's image `cilium` is a link to `cilium-dbg`, and `hubble` asks the agent itself.
  private static func agentLine(_ words: [String]) -> [String] {
    switch words.first {
    case "cilium": ["cilium-dbg"] + words.dropFirst()
    case "hubble" where !ToolUsage.isAsked(by: Array(words.dropFirst())) && words[1] != "version":
      words + ["--server", HubbleRelay.agentServer]
    default: words
    }
  }
}

/// A command that runs in a pod.
private struct ExecJob: Job {
  var inner: any Job
  let forwardsInput: Bool
  var notice: String?

  mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    if let notice {
      output.writeError(notice + "\n")
      self.notice = nil
    }
    if case .input = event, !forwardsInput { return .waiting(JobWait(forInput: false)) }
    var state = inner.resume(event, in: &lab, output: &output)
    if !forwardsInput, case .waiting(let wait) = state, wait.forInput {
      // Without -i the program's input is empty.
      state = inner.resume(.inputEnded, in: &lab, output: &output)
    }
    if case .ended(let status) = state, status != 0 {
      output.writeError("command terminated with exit code \(status)\n")
    }
    return state
  }
}
