import Console
import LabSocket
import NetModel
import Presentation

/// The lab behind the inspector, which shells may share, and the one command that runs in it.
struct LabRunner {
  let lab: SharedLab
  /// Whose changes the inspector knows of already; `nil` while nobody else can change the lab.
  var observer: SharedLab.ObserverID?
  /// The revision that the inspector knows.
  private var known: Int
  private var job: (any Job)?
  private var wait: JobWait?
  /// When lab time comes to what the job waits for.
  private var deadline: ContinuousClock.Instant?

  init(lab: SharedLab) {
    self.lab = lab
    known = lab.current.revision
  }

  /// How long until the command goes on by itself; `nil` where only something else wakes it.
  var timeLeft: Duration? {
    deadline.map { max(.zero, $0 - ContinuousClock.now) }
  }

  /// The inspector has changed the lab; a command that waits for that goes on.
  mutating func adopt(_ changed: RunningLab) -> [Message] {
    known = lab.change(by: observer) { [known] lab in
      // Where somebody else was faster, what they sent stays.
      if lab.revision != known, let moment = changed.moment { lab.restore(moment) } else { lab = changed }
      return lab.revision
    }
    return wait?.forLabChange == true ? resume(.labChanged) : []
  }

  /// Somebody else has changed the lab; a command that waits for that goes on.
  mutating func follow() -> [Message] {
    let current = lab.current
    known = current.revision
    let news = [Message.labChangedByOthers(current)]
    return wait?.forLabChange == true ? news + resume(.labChanged) : news
  }

  /// Starts a command; its first output comes back at once.
  mutating func start(_ line: LabLine) -> [Message] {
    let input = CommandInput(
      outputIsTerminal: false, inputIsTerminal: false,
      readBytes: { path throws(FileError) in path == "-" ? [] : try TextFile.bytes(of: path) })
    job = lab.change(by: observer) { $0.start(line.words, on: line.host, input: input) }
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
    lab.change(by: observer) { $0.now = max($0.now, until) }
    return resume(.timePassed)
  }

  /// The inspector's commands have no standard input, and no editor.
  private mutating func closeInput() -> [Message] {
    if wait?.forEditing != nil { return resume(.edited(nil)) }
    return wait?.forInput == true ? resume(.inputEnded) : []
  }

  private mutating func resume(_ event: JobEvent) -> [Message] {
    guard let job else { return [] }
    let turn = lab.change(by: observer) { lab in
      var output = JobOutput()
      var running = job
      let state = running.resume(event, in: &lab, output: &output)
      return Turn(job: running, state: state, chunks: output.take(), lab: lab)
    }
    self.job = turn.job
    known = turn.lab.revision
    var messages = turn.chunks.map { chunk in
      Message.commandWrote(
        String(decoding: chunk.bytes, as: UTF8.self), isError: chunk.stream == .standardError)
    }
    messages.append(.labChanged(turn.lab))
    switch turn.state {
    case .waiting(let wanted):
      wait = wanted
      deadline = wanted.until.map { .now + .nanoseconds($0.nanoseconds - turn.lab.now.nanoseconds) }
    case .ended(let status): messages += end(status: status)
    case .handedOver(let request):
      let refusal = "\(visible(request.line ?? "shell", limit: 400)): not modelled here\n"
      messages += [.commandWrote(refusal, isError: true)] + end(status: 127)
    }
    return messages
  }

  private struct Turn: Sendable {
    var job: any Job
    var state: JobState
    var chunks: [JobOutput.Chunk]
    /// As the command left it.
    var lab: RunningLab
  }

  private mutating func end(status: Int32) -> [Message] {
    job = nil
    wait = nil
    deadline = nil
    return [.commandEnded(status: status)]
  }
}
