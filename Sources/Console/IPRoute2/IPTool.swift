import NetModel

/// The lab's `ip`, as iproute2 6.1 has it.
///
/// Source: iproute2 `ip/ip.c`.
struct IPTool {
  private let stack: StackID
  let options: IPOptions
  var output = ""
  var errors = ""

  /// Runs one command line, without the word `ip` itself.
  static func run(_ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    var arguments = IPArguments(invocation.arguments)
    do throws(IPFailure) {
      let options = try IPOptions(from: &arguments, isTerminal: invocation.input.outputIsTerminal)
      if options.isVersionAsked {
        return CommandResult(standardOutput: "ip utility, iproute2-6.1.0, libbpf 1.3.0\n")
      }
      var tool = IPTool(stack: invocation.stack, options: options)
      let status =
        if let file = options.batchFile {
          tool.runBatch(file, input: invocation.input, in: &lab)
        } else {
          tool.runAlone(arguments, in: &lab)
        }
      return CommandResult(standardOutput: tool.output, standardError: tool.errors, status: status)
    } catch {
      return CommandResult(standardError: error.text, status: error.status)
    }
  }

  private init(stack: StackID, options: IPOptions) {
    self.stack = stack
    self.options = options
  }

  private mutating func runAlone(_ arguments: IPArguments, in lab: inout RunningLab) -> Int32 {
    run(arguments, in: &lab)?.status ?? 0
  }

  /// The failure of one command of a batch, or of the only one; `nil` where it worked.
  private mutating func run(_ arguments: IPArguments, in lab: inout RunningLab) -> IPFailure? {
    var arguments = arguments
    do throws(IPFailure) {
      guard let word = arguments.next() else { throw .help }
      try run(IPObject(word), &arguments, in: &lab)
      return nil
    } catch {
      if error == .noSuchTable, options.style.form != .text { output += "[" }
      errors += error.text
      return error
    }
  }

  private mutating func run(
    _ object: IPObject, _ arguments: inout IPArguments, in lab: inout RunningLab
  ) throws(IPFailure) {
    guard let stack = lab.snapshot.stack(stack) else { throw .notModelled("\(self.stack)") }
    if options.family == .link, object != .address, object != .link { throw .notModelled("-0") }
    if options.family == .inet6, object != .address, object != .link { throw .notModelled("-6") }
    let counters = options.showsStatistics ? lab.traffic.counters : nil
    let view = StackView(stack: stack, snapshot: lab.snapshot, counters: counters)
    switch object {
    case .address: try runAddress(&arguments, view: view, in: &lab)
    case .link: try runLink(&arguments, view: view, in: &lab)
    case .route: try runRoute(&arguments, view: view, in: &lab)
    case .rule: try runRule(&arguments, view: view, in: &lab)
    case .neighbor: try runNeighbor(&arguments, view: view, in: &lab)
    case .other(let name): throw .notModelled(name)
    case .help: throw .help
    }
  }
}

extension IPTool {
  /// Runs the lines of a file as commands; the exit status of the whole.
  ///
  /// Source: iproute2 `lib/utils.c`, `do_batch`.
  private mutating func runBatch(_ file: String, input: CommandInput, in lab: inout RunningLab) -> Int32 {
    let text: String
    do throws(FileError) {
      text = try input.readFile(file)
    } catch {
      errors += "Cannot open file \"\(file)\" for reading: \(error.reason)\n"
      return 1
    }
    var status: Int32 = 0
    for line in BatchLine.lines(of: text) {
      guard let failure = run(IPArguments(line.words), in: &lab) else { continue }
      if failure.endsBatch { return failure.status }
      errors += "Command failed \(file):\(line.number)\n"
      status = 1
      if !options.isForced { break }
    }
    return status
  }
}
