import NetModel

/// `cat` of a pod, or of a machine that is reached from another: the few files that follow from the lab, and
/// standard input.
struct CatJob: Job {
  private let files: [String]
  private let stack: StackID
  /// Lines that were numbered (`-n`); `nil` where none are.
  private var lineCount: Int?
  private var isInLine = false

  init(_ invocation: Invocation) throws(Refusal) {
    let table = CommandOptions.Table(flags: "nu", valued: "", long: [.flag("number", as: "n")])
    do throws(CommandOptions.Failure) {
      let options = try CommandOptions(invocation.arguments, table)
      files = options.operands
      lineCount = options.has("n") ? 0 : nil
    } catch {
      throw error.refusal(of: "cat", status: 1)
    }
    stack = invocation.stack
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    switch event {
    case .input(let bytes): write(bytes, &output)
    case .inputEnded: return .ended(status: 0)
    case .interrupted: return .ended(status: 130)
    case .started where !(files.isEmpty || files == ["-"]): return show(in: lab, &output)
    case .started, .timePassed, .labChanged, .edited: break
    }
    return .waiting(JobWait(forInput: true))
  }

  /// Source: coreutils `src/cat.c`, `next_line_num`: numbers in six columns.
  private mutating func write(_ bytes: [UInt8], _ output: inout JobOutput) {
    guard var count = lineCount else { return output.write(bytes, to: .standardOutput) }
    var numbered: [UInt8] = []
    for byte in bytes {
      if !isInLine {
        count += 1
        let number = String(count)
        numbered += Array((String(repeating: " ", count: max(0, 6 - number.count)) + number + "\t").utf8)
      }
      numbered.append(byte)
      isInLine = byte != UInt8(ascii: "\n")
    }
    lineCount = count
    output.write(numbered, to: .standardOutput)
  }

  private mutating func show(in lab: RunningLab, _ output: inout JobOutput) -> JobState {
    var status: Int32 = 0
    for file in files {
      if let text = LabFiles(stack: stack, lab: lab).text(of: file) {
        write(Array(text.utf8), &output)
      } else {
        output.writeError("cat: \(file): not modelled here\n")
        status = 127
      }
    }
    return .ended(status: status)
  }
}
