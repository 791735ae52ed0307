import ControlPlane
import NetModel

/// `arping`: ARP requests, one an interval, and everybody who answers.
///
/// Source: Thomas Habets' arping 2.x `src/arping.c`; its outputs were recorded in the lab and with the kernel
/// vectors.
struct ArpingJob: Job {
  private let options: ArpingOptions
  private let stack: StackID
  private var report: ArpingReport
  private var target: IPv4Address?
  private var asker: InterfaceID?
  private var started = Instant.start
  private var next = Instant.start
  /// The last request has no answer yet.
  private var isUnanswered = false

  init(_ invocation: Invocation) throws(Refusal) {
    stack = invocation.stack
    options = try ArpingOptions(invocation.arguments)
    report = ArpingReport(host: options.host)
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .started {
      do throws(Refusal) {
        try open(in: &lab)
      } catch {
        output.writeError(error.result(of: "arping").standardError)
        return .ended(status: error.result(of: "arping").status)
      }
      if !options.isTerse { output.write("ARPING \(options.host)\n") }
    }
    if event == .interrupted { return finish(&output) }
    return goOn(in: &lab, &output)
  }

  private mutating func open(in lab: inout RunningLab) throws(Refusal) {
    let target = try lab.resolve(options.host, on: stack).address(for: .arping)
    guard let own = lab.snapshot.stack(stack) else { throw .notModelled(stack.description) }
    let route = own.lookup(RouteQuery(destination: target)).selection
    guard let name = options.interface ?? route?.interface else {
      throw .complaint("arping: Unable to find a usable interface for \(target)\n", status: 1)
    }
    guard own.interface(named: name) != nil else {
      throw .complaint(
        "arping: libnet_init(LIBNET_LINK, \(name)): libnet_check_iface() ioctl: No such device\n", status: 1)
    }
    self.target = target
    asker = InterfaceID(stack, name)
    started = lab.now
    next = lab.now
  }

  private mutating func goOn(in lab: inout RunningLab, _ output: inout JobOutput) -> JobState {
    let end = options.deadline.map { started + $0 }
    if let end, end <= lab.now { return finish(&output) }
    if next <= lab.now {
      if isUnanswered, !options.isTerse { output.write("Timeout\n") }
      isUnanswered = false
      if isLast { return finish(&output) }
      ask(in: &lab, &output)
      if isLast, !isUnanswered { return finish(&output) }
    }
    return .waiting(JobWait(until: min(next, end ?? next)))
  }

  private var isLast: Bool { options.count.map { report.sent >= $0 } ?? false }

  private mutating func ask(in lab: inout RunningLab, _ output: inout JobOutput) {
    guard let target, let asker else { return }
    let answers = lab.askByARP(target, by: asker, as: options.source) ?? []
    next = lab.now + options.interval
    isUnanswered = answers.isEmpty
    report.ask(answers: answers.count)
    for (mac, duration) in answers {
      let line = report.take(mac, target: target, duration: duration)
      if options.isRaw { output.write("\(mac)\n") } else if !options.isQuiet { output.write(line) }
    }
  }

  private func finish(_ output: inout JobOutput) -> JobState {
    if !options.isRaw { output.write(report.summary) }
    return .ended(status: report.answered > 0 ? 0 : 1)
  }
}

/// What `arping` was asked to do.
struct ArpingOptions: Hashable, Sendable {
  var host: String
  var interface: String?
  /// Stop after so many requests; `nil` goes on.
  var count: Int?
  var interval = Duration.seconds(1)
  var deadline: Duration?
  var source: IPv4Address?
  var isQuiet: Bool
  /// MAC addresses alone.
  var isRaw: Bool

  var isTerse: Bool { isQuiet || isRaw }

  init(_ arguments: [String]) throws(Refusal) {
    let table = CommandOptions.Table(flags: "0bpFqr", valued: "iIcwWS")
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(arguments, table)
    } catch {
      throw error.refusal(of: "arping", status: 1)
    }
    guard options.operands.count == 1 else {
      throw .complaint("arping: error: must specify one host\n", status: 1)
    }
    host = options.operands[0]
    if MACAddress(parsing: host) != nil { throw .notModelled(host) }
    interface = options.value("i") ?? options.value("I")
    isQuiet = options.has("q")
    isRaw = options.has("r")
    source = options.value("S").flatMap { IPv4Address(parsing: $0) }
    deadline = try ArpingOptions.duration(options.value("w"))
    interval = try ArpingOptions.duration(options.value("W")) ?? .seconds(1)
    guard let text = options.value("c") else { return }
    guard let number = Int(text), number >= 0 else {
      throw .complaint("arping: invalid count \(text)\n", status: 1)
    }
    count = number
  }

  private static func duration(_ text: String?) throws(Refusal) -> Duration? {
    guard let text else { return nil }
    guard let duration = seconds(parsing: text) else {
      throw .complaint("arping: invalid time \(text)\n", status: 1)
    }
    return duration
  }
}
