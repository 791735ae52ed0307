import NetModel

/// A line that another stack's shell runs: `ssh HOST LINE`, `sh -c LINE` in a pod.
///
/// Plain commands run here, one after the other; a line that takes a shell is handed to the user's own.
package struct LineJob: Job {
  private let line: String
  private let stack: StackID
  private let input: CommandInput
  private var list: CommandList?
  private var position = 0
  private var current: (any Job)?
  private var status: Int32 = 0

  package init(_ line: String, on stack: StackID, input: CommandInput) {
    self.line = line
    self.stack = stack
    self.input = input
  }

  package mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    guard var job = current else { return begin(in: &lab, output: &output) }
    let state = job.resume(event, in: &lab, output: &output)
    current = job
    guard case .ended(let status) = state else { return state }
    self.status = status
    return event == .interrupted ? .ended(status: status) : goOn(in: &lab, output: &output)
  }

  private mutating func begin(in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    guard let list = try? CommandList(parsing: line), list.commands.allSatisfy(isKnown) else {
      return .handedOver(ShellRequest(stack: stack, line: line))
    }
    self.list = list
    return goOn(in: &lab, output: &output)
  }

  private func isKnown(_ entry: CommandList.Entry) -> Bool {
    entry.words.first.flatMap { LabCommand.named($0) } != nil
  }

  /// Runs commands until one waits or none is left.
  private mutating func goOn(in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    while let entry = list?.commands.dropFirst(position).first {
      position += 1
      guard runs(entry) else { continue }
      var job = lab.start(entry.words, on: stack, input: input)
      let state = job.resume(.started, in: &lab, output: &output)
      guard case .ended(let status) = state else {
        current = job
        return state
      }
      self.status = status
    }
    return .ended(status: status)
  }

  private func runs(_ entry: CommandList.Entry) -> Bool {
    switch entry.condition {
    case .always: true
    case .afterSuccess: status == 0
    case .afterFailure: status != 0
    }
  }
}
