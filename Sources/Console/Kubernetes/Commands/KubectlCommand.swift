import ControlPlane

/// One command of kubectl, such as `get` or `rollout restart`.
struct KubectlCommand: Sendable {
  /// Its words, apart by a blank.
  let name: String
  let flags: [Flag]
  let start: @Sendable (KubectlCall, inout RunningLab) throws(KubectlError) -> any Job

  /// A command that may go on for a while.
  init(
    _ name: String, flags: [Flag],
    start: @escaping @Sendable (KubectlCall, inout RunningLab) throws(KubectlError) -> any Job
  ) {
    self.name = name
    self.flags = flags
    self.start = start
  }

  /// A command that answers at once.
  ///
  /// - Parameter readsManifests: `-f -` has it read standard input first.
  init(
    _ name: String, flags: [Flag] = [], readsManifests: Bool = false,
    answer:
      @escaping @Sendable (KubectlCall, inout RunningLab, inout KubectlAnswer) throws(KubectlError) -> Void
  ) {
    self.init(name, flags: flags) { (call, lab) throws(KubectlError) -> any Job in
      if readsManifests, call.flags.texts("filename").contains("-") {
        return KubectlInputJob(call: call, answer: answer)
      }
      var given = KubectlAnswer()
      do throws(KubectlError) {
        try answer(call, &lab, &given)
      } catch {
        given.fail(error)
      }
      return given.job
    }
  }
}

/// A command line of kubectl with what it is to run on.
struct KubectlCall: Sendable {
  let command: String
  let flags: ParsedFlags
  let invocation: Invocation
  /// What the kubeconfig's context says.
  let contextNamespace: String
  /// What was read from standard input.
  var standardInput = ""

  /// `-n`, else the context's.
  var namespace: String { flags.text("namespace") ?? contextNamespace }

  var isAllNamespaces: Bool { flags.isOn("all-namespaces") }

  /// The words behind the command, up to `--`.
  var arguments: [String] {
    Array(flags.arguments.prefix(flags.dashPosition ?? flags.arguments.count))
  }
}

/// What a command of kubectl has to say.
struct KubectlAnswer: Sendable {
  var output = ""
  private var errors: [KubectlError] = []
  private var warnings = ""

  mutating func fail(_ error: KubectlError) {
    errors.append(error)
  }

  /// A line on standard error that is no failure.
  mutating func warn(_ line: String) {
    warnings += line + "\n"
  }

  var result: CommandResult {
    CommandResult(
      standardOutput: output, standardError: warnings + KubectlError.text(of: errors), status: status)
  }

  /// Warnings come before what was done, errors behind it.
  var job: FinishedJob {
    FinishedJob(
      CommandResult(standardOutput: output, standardError: KubectlError.text(of: errors), status: status),
      behind: warnings)
  }

  private var status: Int32 { errors.map(\.status).max() ?? 0 }
}

/// A command that first reads standard input to its end.
private struct KubectlInputJob: Job {
  var call: KubectlCall
  let answer: @Sendable (KubectlCall, inout RunningLab, inout KubectlAnswer) throws(KubectlError) -> Void
  var bytes: [UInt8] = []

  /// Bytes of kubectl's standard input.
  ///
  /// Source: kubectl reads manifests whole; the API server refuses bodies over 3 MiB.
  private static let mostBytes = 16 * 1024 * 1024

  mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    switch event {
    case .input(let more):
      bytes += more
      guard bytes.count <= Self.mostBytes else {
        output.writeError("error: standard input is larger than \(Self.mostBytes) bytes\n")
        return .ended(status: 1)
      }
    case .inputEnded: return finish(in: &lab, output: &output)
    case .interrupted: return .ended(status: 130)
    case .started, .timePassed, .labChanged, .edited: break
    }
    return .waiting(JobWait(forInput: true))
  }

  private mutating func finish(in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    call.standardInput = String(decoding: bytes, as: UTF8.self)
    var given = KubectlAnswer()
    do throws(KubectlError) {
      try answer(call, &lab, &given)
    } catch {
      given.fail(error)
    }
    var job = given.job
    return job.resume(.started, in: &lab, output: &output)
  }
}
