import NetModel

/// `watch`: runs a command, shows its output, waits, and runs it again until Ctrl-C.
///
/// Source: procps-ng 4.0.4 `src/watch.c`.
struct WatchJob: Job {
  private let options: WatchOptions
  private let invocation: Invocation
  private var run: LineJob?
  private var written = JobOutput()
  private var lastScreen: [[Character]] = []
  private var next = Instant.start

  init(_ options: WatchOptions, _ invocation: Invocation) {
    self.options = options
    self.invocation = invocation
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 0) }
    if var run {
      let state = run.resume(event, in: &lab, output: &written)
      self.run = run
      return go(on: state, in: lab, output: &output)
    }
    guard event == .started || lab.now >= next else { return .waiting(JobWait(until: next)) }
    return begin(in: &lab, output: &output)
  }

  private mutating func begin(in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    written = JobOutput()
    var input = invocation.input
    input.outputIsTerminal = false
    var run = LineJob(options.line, on: invocation.stack, input: input)
    let state = run.resume(.started, in: &lab, output: &written)
    self.run = run
    return go(on: state, in: lab, output: &output)
  }

  private mutating func go(on state: JobState, in lab: RunningLab, output: inout JobOutput) -> JobState {
    switch state {
    case .waiting: return state
    case .handedOver(let request):
      return .handedOver(ShellRequest(stack: request.stack, line: loop(of: request.line ?? "")))
    case .ended:
      run = nil
      show(at: lab.wallTime, &output)
      next = lab.now + options.interval
      return .waiting(JobWait(until: next))
    }
  }

  /// The same for a shell, where the line takes one.
  private func loop(of line: String) -> String {
    let clear = invocation.input.outputIsTerminal ? "printf '\\033[H\\033[J'; " : ""
    let title = options.hasTitle ? "printf '%s\\n\\n' \(Self.quoted(titleText)); " : ""
    return "while :; do \(clear)\(title){ \(line)\n}; sleep \(options.intervalText); done"
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private var titleText: String { "Every \(options.intervalText)s: \(options.line)" }

  private mutating func show(at now: WallTime, _ output: inout JobOutput) {
    let size = invocation.input.outputIsTerminal ? invocation.input.terminalSize : nil
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    if let size {
      let room = max(size.rows - (options.hasTitle ? 2 : 0), 0)
      lines = lines.prefix(room).map { Array($0.prefix(size.columns)) }
    }
    let body = lines.enumerated().map { marked($1, row: $0, onTerminal: size != nil) }
    lastScreen = lines
    let title = options.hasTitle ? header(at: now, columns: size?.columns) + "\n\n" : ""
    output.write((size == nil ? "" : "\u{1b}[H\u{1b}[J") + title + body.joined(separator: "\n"))
    if !body.isEmpty, size == nil { output.write("\n") }
  }

  private var text: String {
    String(decoding: written.chunks.flatMap(\.bytes), as: UTF8.self)
  }

  private func header(at now: WallTime, columns: Int?) -> String {
    let right = "\(invocation.stack.hostname): \(now.ctime)"
    let left = columns.map { String(titleText.prefix(max($0 - right.count - 1, 0))) } ?? titleText
    let gap = columns.map { max($0 - left.count - right.count, 1) } ?? 4
    return left + String(repeating: " ", count: gap) + right
  }

  /// With `-d`, what differs from the last time is shown in reverse.
  private func marked(_ line: [Character], row: Int, onTerminal: Bool) -> String {
    guard options.marksDifferences, onTerminal, !lastScreen.isEmpty else { return String(line) }
    let before = row < lastScreen.count ? lastScreen[row] : []
    var text = ""
    var isReversed = false
    for (column, character) in line.enumerated() {
      let differs = column >= before.count || before[column] != character
      if differs != isReversed { text += differs ? "\u{1b}[7m" : "\u{1b}[27m" }
      isReversed = differs
      text.append(character)
    }
    return text + (isReversed ? "\u{1b}[27m" : "")
  }
}
