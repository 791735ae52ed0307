import Console
import NetModel
import Presentation

/// The lab behind the inspector, and the one command that runs in it.
struct LabRunner {
  private(set) var lab: RunningLab
  private var job: (any Job)?
  private var wait: JobWait?
  /// When lab time comes to what the job waits for.
  private var deadline: ContinuousClock.Instant?

  init(lab: RunningLab) {
    self.lab = lab
  }

  /// How long until the command goes on by itself; `nil` where only something else wakes it.
  var timeLeft: Duration? {
    deadline.map { max(.zero, $0 - ContinuousClock.now) }
  }

  /// The lab was changed by somebody else; a command that waits for that goes on.
  mutating func adopt(_ changed: RunningLab) -> [Message] {
    lab = changed
    return wait?.forLabChange == true ? resume(.labChanged) : []
  }

  /// Starts a command; its first output comes back at once.
  mutating func start(_ line: LabLine) -> [Message] {
    let input = CommandInput(
      outputIsTerminal: false, readFile: { path throws(FileError) in try TextFile.read(path) })
    job = lab.start(line.words, on: line.host, input: input)
    return resume(.started) + closeInput()
  }

  /// Ctrl-C: the command ends.
  mutating func interrupt() -> [Message] {
    let messages = resume(.interrupted)
    guard job != nil else { return messages }
    return messages + end(status: 130)
  }

  /// Time has come for the command to go on.
  mutating func timeCame() -> [Message] {
    guard let until = wait?.until else { return [] }
    lab.now = max(lab.now, until)
    return resume(.timePassed)
  }

  /// The inspector's commands have no standard input.
  private mutating func closeInput() -> [Message] {
    wait?.forInput == true ? resume(.inputEnded) : []
  }

  private mutating func resume(_ event: JobEvent) -> [Message] {
    guard var running = job else { return [] }
    var output = JobOutput()
    let before = lab.now
    let state = running.resume(event, in: &lab, output: &output)
    job = running
    var messages = output.take().map { chunk in
      Message.commandWrote(
        String(decoding: chunk.bytes, as: UTF8.self), isError: chunk.stream == .standardError)
    }
    messages.append(.labChanged(lab))
    switch state {
    case .waiting(let wanted):
      wait = wanted
      let since = max(before, lab.now).nanoseconds
      deadline = wanted.until.map { .now + .nanoseconds($0.nanoseconds - since) }
    case .ended(let status): messages += end(status: status)
    case .handedOver(let request):
      let refusal = "\(visible(request.line ?? "shell", limit: 400)): not modelled here\n"
      messages += [.commandWrote(refusal, isError: true)] + end(status: 127)
    }
    return messages
  }

  private mutating func end(status: Int32) -> [Message] {
    job = nil
    wait = nil
    deadline = nil
    return [.commandEnded(status: status)]
  }
}
