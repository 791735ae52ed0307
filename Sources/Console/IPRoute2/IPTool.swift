import NetModel

/// The lab's `ip`, as iproute2 6.1 has it.
///
/// Source: iproute2 `ip/ip.c`.
struct IPTool {
  private let stack: StackID
  private let options: IPOptions
  private var output = ""
  private var errors = ""

  /// Runs one command line, without the word `ip` itself.
  static func run(_ invocation: Invocation, in lab: inout Lab) -> CommandResult {
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

  private mutating func runAlone(_ arguments: IPArguments, in lab: inout Lab) -> Int32 {
    run(arguments, in: &lab)?.status ?? 0
  }

  /// The failure of one command of a batch, or of the only one; `nil` where it worked.
  private mutating func run(_ arguments: IPArguments, in lab: inout Lab) -> IPFailure? {
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
    _ object: IPObject, _ arguments: inout IPArguments, in lab: inout Lab
  ) throws(IPFailure) {
    guard let stack = lab.snapshot.stack(stack) else { throw .notModelled("\(self.stack)") }
    if options.family == .link, object != .address, object != .link { throw .notModelled("-0") }
    let view = StackView(stack: stack, snapshot: lab.snapshot)
    switch object {
    case .address: try runAddress(&arguments, view: view, in: &lab)
    case .link: try runLink(&arguments, view: view, in: &lab)
    case .route: try runRoute(&arguments, view: view, in: &lab)
    case .rule: try runRule(&arguments, view: view)
    case .neighbor: try runNeighbor(&arguments, view: view, in: &lab)
    case .other(let name): throw .notModelled(name)
    case .help: throw .help
    }
  }
}

// MARK: - The objects' commands

extension IPTool {
  /// Source: iproute2 `ip/ipaddress.c`, `do_ipaddr`.
  private mutating func runAddress(
    _ arguments: inout IPArguments, view: StackView, in lab: inout Lab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("add", .add), .short("change", .notModelled), .full("chg", .notModelled),
      .short("replace", .notModelled), .short("delete", .delete), .short("list", .show),
      .short("show", .show), .short("lst", .show), .short("flush", .notModelled),
      .short("save", .notModelled), .short("showdump", .notModelled), .short("restore", .notModelled),
      .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .address, in: words)
    switch command {
    case .show:
      try rejectUnmodelledStyle()
      let filter = try AddressFilter(&arguments, family: options.family)
      output += try AddressListing(view: view, filter: filter, style: options.style).output()
    default: throw .notModelled("address \(word)")
    }
  }

  /// Source: iproute2 `ip/iplink.c`, `do_iplink`.
  private mutating func runLink(
    _ arguments: inout IPArguments, view: StackView, in lab: inout Lab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("add", .notModelled), .short("set", .change), .short("change", .change),
      .short("replace", .notModelled), .short("delete", .notModelled), .short("show", .show),
      .short("lst", .show), .short("list", .show), .short("xstats", .notModelled),
      .short("afstats", .notModelled), .short("property", .notModelled), .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .link, in: words)
    switch command {
    case .show:
      try rejectUnmodelledStyle()
      let filter = try AddressFilter(&arguments, family: .link)
      output += try AddressListing(
        view: view, filter: filter, style: options.style, isLinkCommand: true
      ).output()
    default: throw .notModelled("link \(word)")
    }
  }

  /// Source: iproute2 `ip/iproute.c`, `do_iproute`.
  private mutating func runRoute(
    _ arguments: inout IPArguments, view: StackView, in lab: inout Lab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("add", .add), .short("change", .change), .full("chg", .change), .short("replace", .replace),
      .short("prepend", .prepend), .short("append", .append), .short("test", .notModelled),
      .short("delete", .delete), .short("list", .show), .short("show", .show), .short("lst", .show),
      .short("get", .get), .short("flush", .notModelled), .short("save", .notModelled),
      .short("restore", .notModelled), .short("showdump", .notModelled), .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .route, in: words)
    switch command {
    case .show:
      let filter = try RouteFilter(&arguments, family: options.family)
      output += try RouteListing(view: view, filter: filter, style: options.style).output()
    case .get:
      if options.showsStatistics { throw .notModelled("-s") }
      let get = try RouteGet(&arguments, family: options.family, view: view)
      errors += get.warning
      output += try get.output(view: view, style: options.style)
    default: throw .notModelled("route \(word)")
    }
  }

  /// Source: iproute2 `ip/iprule.c`, `do_iprule`.
  private mutating func runRule(_ arguments: inout IPArguments, view: StackView) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("list", .show), .short("lst", .show), .short("show", .show), .short("save", .notModelled),
      .short("restore", .notModelled), .short("add", .notModelled), .short("delete", .notModelled),
      .short("flush", .notModelled), .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .rule, in: words)
    guard command == .show else { throw .notModelled("rule \(word)") }
    output += try RuleFilter(&arguments).output(of: view.stack, style: options.style)
  }

  /// Source: iproute2 `ip/ipneigh.c`, `do_ipneigh`.
  private mutating func runNeighbor(
    _ arguments: inout IPArguments, view: StackView, in lab: inout Lab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("add", .add), .short("change", .change), .full("chg", .change), .short("replace", .replace),
      .short("delete", .delete), .short("get", .notModelled), .short("show", .show), .short("lst", .show),
      .short("list", .show), .short("flush", .notModelled), .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .neighbor, in: words)
    switch command {
    case .show:
      if options.showsStatistics { throw .notModelled("-s") }
      let filter = try NeighborFilter(&arguments, family: options.family, view: view)
      output += filter.output(of: view.stack, style: options.style)
    default: throw .notModelled("neighbor \(word)")
    }
  }

  private enum Command {
    case show, get, add, append, prepend, replace, change, delete, help, notModelled
  }

  /// The command that stands next, and the word for it; without one, `show`.
  private static func command(
    _ arguments: inout IPArguments, of object: IPObject, in words: [IPKeyword<Command>]
  ) throws(IPFailure) -> (Command, String) {
    guard let word = arguments.next() else { return (.show, "show") }
    guard let command = words.meaning(of: word) else { throw .unknownCommand(word, of: object) }
    if command == .help { throw .help }
    return (command, word)
  }

  /// Counters and driver details of interfaces are not in the model.
  private func rejectUnmodelledStyle() throws(IPFailure) {
    if options.showsStatistics { throw .notModelled("-s") }
    if options.style.showsDetails { throw .notModelled("-d") }
  }
}

// MARK: - Batches

extension IPTool {
  /// Runs the lines of a file as commands; the exit status of the whole.
  ///
  /// Source: iproute2 `lib/utils.c`, `do_batch`.
  private mutating func runBatch(_ file: String, input: CommandInput, in lab: inout Lab) -> Int32 {
    let text: String
    do throws(FileError) {
      text = try file == "-" ? input.standardInput : input.readFile(file)
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
