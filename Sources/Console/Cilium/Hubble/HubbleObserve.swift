import ControlPlane
import NetModel

/// `hubble observe`.
///
/// Source: Cilium `hubble/cmd/observe/flows.go`.
struct HubbleObserve: Job {
  private let filter: FlowFilter
  private let selection: Selection
  private var printer: FlowPrinter
  /// The number of the next event to look at.
  private var next = 0
  private var relay: HubbleRelay?
  private let server: String?
  private let stack: StackID

  /// Which of the flows that are stored are shown.
  private struct Selection: Sendable {
    var follows = false
    var takesAll = false
    /// So many of the oldest, or of the newest, of each node.
    var first: Int?
    var last: Int?
    var since: String?
    var until: String?

    /// How many flows of each node are shown where nothing else is asked for.
    ///
    /// Source: Cilium `hubble/pkg/defaults/defaults.go`, `FlowPrintCount`.
    static let usual = 20
  }

  private static let flags: [Flag] =
    FlowFilter.flags + [
      Flag("follow", "f", .bool), Flag("all", nil, .bool), Flag("first", nil, .number),
      Flag("last", nil, .number), Flag("since", nil, .text), Flag("until", nil, .text),
      Flag("output", "o", .text), Flag("print-node-name", nil, .bool), Flag("ip-translation", nil, .bool),
      Flag("numeric", nil, .bool), Flag("time-format", nil, .text), Flag("color", nil, .text),
      Flag("server", nil, .text), .unmodelled("print-policy-names", nil, .bool),
      .unmodelled("allowlist", nil, .text), .unmodelled("denylist", nil, .text),
      .unmodelled("input-file", nil, .text), .unmodelled("print-raw-filters", nil, .bool),
      .unmodelled("port-forward", "P", .bool), .unmodelled("tls", nil, .bool),
      .unmodelled("debug", "D", .bool),
      .unmodelled("help", "h", .bool),
    ]

  init(_ words: [String], on stack: StackID) throws(ToolFailure) {
    let (positive, negative) = Self.split(words)
    let flags = try FlagSet(Self.flags).parse(positive, of: "hubble observe")
    let denied = try FlagSet(FlowFilter.flags).parse(negative, of: "hubble observe --not")
    if let word = flags.arguments.first { throw .notModelled("hubble observe \(word)") }
    filter = try FlowFilter(flags, not: denied)
    server = flags.text("server")
    self.stack = stack
    selection = Selection(
      follows: flags.isOn("follow"), takesAll: flags.isOn("all"), first: flags.number("first"),
      last: flags.number("last"), since: flags.text("since"), until: flags.text("until"))
    printer = FlowPrinter()
    printer.showsNode = flags.isOn("print-node-name")
    printer.translates = !flags.isOn("numeric") && (flags.text("ip-translation") ?? "true") != "false"
    if let word = flags.text("output") { printer.format = try Self.format(word) }
    if let word = flags.text("time-format") {
      guard let format = HubbleTime.Format(rawValue: word) else {
        throw .notModelled("hubble observe --time-format \(word)")
      }
      printer.timeFormat = format
    }
  }

  /// Takes the options behind each `--not` apart from the others.
  private static func split(_ words: [String]) -> (positive: [String], negative: [String]) {
    var (positive, negative): ([String], [String]) = ([], [])
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word == "--not" else {
        positive.append(word)
        continue
      }
      guard let option = rest.popFirst() else { break }
      negative.append(option)
      if !option.contains("="), let value = rest.first, !value.hasPrefix("-") {
        negative.append(value)
        rest.removeFirst()
      }
    }
    return (positive, negative)
  }

  private static func format(_ word: String) throws(ToolFailure) -> FlowPrinter.Format {
    switch word {
    case "compact": return .compact
    case "dict": return .dict
    case "json", "jsonpb", "JSON": return .json
    case "tab", "table": return .table
    default: throw .error("invalid output format: \(word)")
    }
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    switch event {
    case .started: return begin(in: lab, output: &output)
    case .interrupted: return .ended(status: 0)
    case .labChanged, .timePassed, .input, .inputEnded, .edited:
      printNews(in: lab, output: &output)
      return .waiting(JobWait(forLabChange: true))
    }
  }

  private mutating func begin(in lab: RunningLab, output: inout JobOutput) -> JobState {
    let relay: HubbleRelay
    do {
      relay = try HubbleRelay(server: server, on: stack, in: lab)
    } catch {
      output.writeError(error.standardError)
      return .ended(status: error.status)
    }
    output.writeError(printer.unavailable(relay, at: lab.wallTime))
    self.relay = relay
    let names = FlowNames(in: lab)
    let all = relay.flows(in: lab).map { HubbleFlow($0, since: lab.startTime, names: names) }
    let shown = selected(all.filter(filter.admits), of: relay, now: lab.wallTime)
    if printer.format == .table { output.write(printer.table(shown)) }
    for flow in shown { output.write(printer.text(of: flow)) }
    next = lab.traffic.events.end
    return selection.follows ? .waiting(JobWait(forLabChange: true)) : .ended(status: 0)
  }

  /// What is asked for of the flows that are stored, oldest first.
  private func selected(_ flows: [HubbleFlow], of relay: HubbleRelay, now: WallTime) -> [HubbleFlow] {
    let since = selection.since.flatMap { HubbleTime.moment($0, before: now) }
    let until = selection.until.flatMap { HubbleTime.moment($0, before: now) }
    let isBounded = since != nil || until != nil
    let timed = flows.filter { flow in
      (since.map { $0 <= flow.time } ?? true) && (until.map { flow.time <= $0 } ?? true)
    }
    if let first = selection.first { return perNode(timed, relay) { $0.prefix(first) } }
    if let last = selection.last { return perNode(timed, relay) { $0.suffix(last) } }
    if selection.takesAll || isBounded { return timed }
    return selection.follows ? [] : perNode(timed, relay) { $0.suffix(Selection.usual) }
  }

  private func perNode(
    _ flows: [HubbleFlow], _ relay: HubbleRelay, _ choose: ([HubbleFlow]) -> ArraySlice<HubbleFlow>
  ) -> [HubbleFlow] {
    let numbered = flows.enumerated().map { (index: $0.offset, flow: $0.element) }
    var kept: Set<Int> = []
    for node in relay.connected {
      let own = numbered.filter { $0.flow.event.node == node }
      let chosen = choose(own.map(\.flow))
      kept.formUnion(own[chosen.indices].map(\.index))
    }
    return numbered.filter { kept.contains($0.index) }.map(\.flow)
  }

  private mutating func printNews(in lab: RunningLab, output: inout JobOutput) {
    guard let relay else { return }
    let names = FlowNames(in: lab)
    for seen in relay.flows(in: lab, from: next) {
      let flow = HubbleFlow(seen, since: lab.startTime, names: names)
      guard filter.admits(flow) else { continue }
      output.write(printer.format == .table ? printer.table([flow]) : printer.text(of: flow))
    }
    next = lab.traffic.events.end
  }
}
