import NetModel

/// `cat` of a pod, or of a machine that is reached from another: the few files that follow from the lab, and
/// standard input.
struct CatJob: Job {
  private let files: [String]
  private let stack: StackID

  init(_ invocation: Invocation, in lab: RunningLab) {
    files = invocation.arguments.filter { $0 == "-" || !$0.hasPrefix("-") }
    stack = invocation.stack
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    switch event {
    case .input(let bytes): output.write(bytes, to: .standardOutput)
    case .inputEnded: return .ended(status: 0)
    case .interrupted: return .ended(status: 130)
    case .started where !(files.isEmpty || files == ["-"]): return show(in: lab, &output)
    case .started, .timePassed, .labChanged, .edited: break
    }
    return .waiting(JobWait(forInput: true))
  }

  private func show(in lab: RunningLab, _ output: inout JobOutput) -> JobState {
    var status: Int32 = 0
    for file in files {
      if let text = LabFiles(stack: stack, lab: lab).text(of: file) {
        output.write(text)
      } else {
        output.writeError("cat: \(file): not modelled here\n")
        status = 127
      }
    }
    return .ended(status: status)
  }
}
