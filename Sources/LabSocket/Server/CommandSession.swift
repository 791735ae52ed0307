import Console
import NetModel

/// One client's command, from its request to its exit status: what happens goes in, messages come out.
///
/// Whoever owns it calls it from one thread, takes `outgoing` after each call, and calls `timePassed` when
/// `wakeUp` has passed.
struct CommandSession {
  /// The most that a command may be given on standard input, in bytes.
  static let inputLimit = 64 << 20

  /// What is to be sent, in order.
  private(set) var outgoing: [ServerMessage] = []
  /// Nothing more will be sent.
  private(set) var isOver = false

  private let lab: SharedLab
  private let files = UserFiles()
  private var command: Command?
  private var wait: JobWait?
  /// What happens after the missing file has come.
  private var pendingEvent: JobEvent?
  private var input = Input()

  private struct Command {
    var request: CommandRequest
    var stack: StackID
    /// `nil` until it has been started.
    var job: (any Job)?
  }

  private struct Input {
    var isAskedFor = false
    var hasEnded = false
    var isEndTold = false
    var received = 0
  }

  init(lab: SharedLab) {
    self.lab = lab
  }

  /// Hands over what is to be sent.
  mutating func takeOutgoing() -> [ServerMessage] {
    defer { outgoing = [] }
    return outgoing
  }

  /// How long until `timePassed` is due, in the lab's nanoseconds; `nil` where the command waits for no time.
  var wakeUp: Int64? {
    guard let until = wait?.until, pendingEvent == nil else { return nil }
    return max(until.nanoseconds - lab.current.now.nanoseconds, 0)
  }

  mutating func receive(_ message: ClientMessage) {
    switch message {
    case .host(let name): describe(name)
    case .command(let request): start(request)
    case .input(let bytes): receiveInput(bytes)
    case .inputEnded:
      input.hasEnded = true
      input.isAskedFor = false
      tellInput()
    case .interrupted: interrupt()
    case .file(let bytes): receiveFile(.success(bytes))
    case .noFile(let reason): receiveFile(.failure(FileError(reason: reason)))
    case .edited(let text):
      if wait?.forEditing != nil { resume(.edited(text)) }
    }
  }

  mutating func timePassed() {
    guard let until = wait?.until, pendingEvent == nil else { return }
    lab.change { $0.now = max($0.now, until) }
    resume(.timePassed)
  }

  mutating func labChanged() {
    if wait?.forLabChange == true, pendingEvent == nil { resume(.labChanged) }
  }

  /// Ends without the command.
  mutating func refuse(_ reason: String) {
    outgoing.append(.refused(reason: reason))
    isOver = true
  }
}

// MARK: What the client says

extension CommandSession {
  private mutating func describe(_ name: String?) {
    let lab = lab.current
    guard let stack = name.map({ lab.stack(named: $0) }) ?? lab.firstStack else {
      let known = lab.snapshot.stacks.prefix(5).map(\.id.description).joined(separator: ", ")
      return refuse("the lab has no host '\(name ?? "")': \(known) ...")
    }
    outgoing.append(.host(stack: stack.description, hostname: stack.hostname))
  }

  private mutating func start(_ request: CommandRequest) {
    guard command == nil else { return refuse("a command is running here already") }
    guard let stack = lab.current.stack(named: request.stack) else {
      return refuse("the lab has no host '\(request.stack)' any more")
    }
    command = Command(request: request, stack: stack)
    resume(.started)
  }

  private mutating func receiveInput(_ bytes: [UInt8]) {
    input.isAskedFor = false
    input.received += bytes.count
    guard input.received <= Self.inputLimit else {
      return refuse("standard input is longer than \(Self.inputLimit >> 20) MiB")
    }
    guard !bytes.isEmpty, wait?.forInput == true else { return }
    resume(.input(bytes))
  }

  /// Asks for input where the command waits for it, or tells it that there is no more.
  private mutating func tellInput() {
    guard wait?.forInput == true else { return }
    if input.hasEnded {
      guard !input.isEndTold else { return }
      input.isEndTold = true
      resume(.inputEnded)
    } else if !input.isAskedFor {
      input.isAskedFor = true
      outgoing.append(.wantsInput)
    }
  }

  private mutating func interrupt() {
    guard wait != nil else { return end(status: 130) }
    resume(.interrupted)
  }

  private mutating func receiveFile(_ content: Result<[UInt8], FileError>) {
    guard let event = pendingEvent, let path = files.missing else { return }
    if path == "-" { input.hasEnded = true }
    files.add(content)
    pendingEvent = nil
    resume(event)
  }
}

// MARK: The command

extension CommandSession {
  private enum Turn: Sendable {
    case lacksFile(String)
    case went(any Job, JobState, [JobOutput.Chunk])
  }

  private mutating func resume(_ event: JobEvent) {
    guard let command, !isOver else { return }
    let commandInput = commandInput(of: command.request)
    let turn = lab.change { [files] lab in
      // A command that lacks a file is taken back: it begins this turn anew when the file has come.
      var changed = lab
      var output = JobOutput()
      var job =
        command.job ?? changed.start(command.request.arguments, on: command.stack, input: commandInput)
      let state = job.resume(event, in: &changed, output: &output)
      if let path = files.missing { return Turn.lacksFile(path) }
      lab = changed
      return .went(job, state, output.take())
    }
    switch turn {
    case .lacksFile(let path):
      wait = nil
      pendingEvent = event
      outgoing.append(.wantsFile(path: path))
    case .went(let job, let state, let chunks):
      self.command?.job = job
      outgoing += chunks.map(ServerMessage.init)
      go(on: state)
    }
  }

  private mutating func go(on state: JobState) {
    switch state {
    case .ended(let status): end(status: status)
    case .handedOver(let request):
      outgoing.append(.shell(stack: request.stack.description, line: request.line))
      isOver = true
    case .waiting(let wait):
      self.wait = wait
      if let text = wait.forEditing { return outgoing.append(.wantsEditing(text)) }
      tellInput()
    }
  }

  private mutating func end(status: Int32) {
    wait = nil
    outgoing.append(.ended(status: status))
    isOver = true
  }

  private func commandInput(of request: CommandRequest) -> CommandInput {
    let size = CommandInput.TerminalSize(columns: request.columns, rows: request.rows)
    return CommandInput(
      outputIsTerminal: request.outputIsTerminal, inputIsTerminal: request.inputIsTerminal,
      terminalSize: size.columns > 0 && size.rows > 0 ? size : nil,
      readBytes: { [files] path throws(FileError) in try files.read(path) })
  }
}

extension ServerMessage {
  fileprivate init(_ chunk: JobOutput.Chunk) {
    switch chunk.stream {
    case .standardOutput: self = .output(chunk.bytes)
    case .standardError: self = .error(chunk.bytes)
    case .file(let path): self = .fileOutput(path: path, chunk.bytes)
    }
  }
}
