import ControlPlane
import NetModel
import PacketTrace

/// `traceroute`: the routers on the way, several probes to each at once.
///
/// Source: Dmitry Butskoy's traceroute 2.1; its outputs were recorded with the kernel vectors.
struct TracerouteJob: Job {
  private let options: TracerouteOptions
  private let stack: StackID
  private let names: [IPv4Address: String]
  private var lookup: NameLookup?
  private var target: IPv4Address?
  private var identifier: UInt16 = 0
  private var next = 0
  /// Probes that are under way, and when the last of them is answered or given up.
  private var batch: [Probe] = []
  private var due: Instant?
  private var line = TracerouteLine()

  private struct Probe {
    var hop: Int
    var answer: TracerouteLine.Answer?
    var isLast: Bool
  }

  /// How many probes are under way at once.
  private static let atOnce = 16

  init(_ invocation: Invocation, in lab: RunningLab) throws(Refusal) {
    options = try TracerouteOptions(invocation.arguments)
    stack = invocation.stack
    names = options.isNumeric ? [:] : lab.namesInHostsFile(of: invocation.stack)
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    if target == nil {
      let lookup = lookup ?? lab.resolve(options.host, on: stack)
      self.lookup = lookup
      guard lookup.isQuick || lookup.due <= lab.now else { return .waiting(JobWait(until: lookup.due)) }
      if let refusal = open(lookup, in: &lab, &output) {
        output.writeError(refusal.standardError)
        return .ended(status: refusal.status)
      }
    }
    while true {
      if let due, due > lab.now { return .waiting(JobWait(until: due)) }
      if due != nil, show(&output) { return .ended(status: 0) }
      guard next < (options.mostHops - options.firstHop + 1) * options.queries else {
        return .ended(status: 0)
      }
      sendBatch(in: &lab)
    }
  }

  /// What is said where it cannot begin; `nil` where it has begun.
  private mutating func open(
    _ lookup: NameLookup, in lab: inout RunningLab, _ output: inout JobOutput
  ) -> CommandResult? {
    do throws(Refusal) {
      let address = try lookup.address(for: .traceroute)
      target = address
      output.write(
        "traceroute to \(options.host) (\(address)), \(options.mostHops) hops max, \(options.length) byte packets\n"
      )
      identifier = UInt16(truncatingIfNeeded: lab.draw())
      guard let own = lab.snapshot.stack(stack) else { throw .notModelled(stack.description) }
      let query = RouteQuery(
        destination: address, source: options.source, outputInterface: options.device)
      guard case .failed(let error) = own.lookup(query).result else { return nil }
      throw .complaint("connect: \(error.message)\n", status: 1)
    } catch {
      return error.result(of: "traceroute")
    }
  }

  private mutating func sendBatch(in lab: inout RunningLab) {
    guard let target else { return }
    let total = (options.mostHops - options.firstHop + 1) * options.queries
    let end = min(next + TracerouteJob.atOnce, total)
    var longest = Duration.zero
    for number in next..<end {
      let hop = options.firstHop + number / options.queries
      let flow = options.flow(from: stack, to: target, hop: hop, number: number, identifier: identifier)
      let exchange = lab.send(flow)
      let answer = TracerouteLine.Answer(exchange, target: target)
      longest = max(longest, answer?.duration ?? options.patience)
      batch.append(Probe(hop: hop, answer: answer, isLast: number % options.queries == options.queries - 1))
      if answer?.isEnd == true, number % options.queries == options.queries - 1 {
        next = number + 1
        break
      }
      next = number + 1
    }
    due = longest < .milliseconds(100) ? lab.now : lab.now + min(longest, options.patience)
  }

  /// Prints a batch; true where the target was reached.
  private mutating func show(_ output: inout JobOutput) -> Bool {
    due = nil
    defer { batch = [] }
    for probe in batch {
      output.write(line.text(of: probe.answer, hop: probe.hop, names: names, isNumeric: options.isNumeric))
      guard probe.isLast else { continue }
      output.write("\n")
      if line.isEnd { return true }
      line = TracerouteLine()
    }
    return false
  }
}

/// One line of `traceroute`: a hop and what its probes came to.
struct TracerouteLine: Sendable {
  private var hop: Int?
  private var former: IPv4Address?
  /// The target has answered, or somebody says that it cannot be reached.
  private(set) var isEnd = false

  struct Answer: Hashable, Sendable {
    var source: IPv4Address
    var duration: Duration
    /// What stands behind the time, such as `!H`.
    var remark: String
    var isEnd: Bool

    /// `nil` where nothing came.
    init?(_ exchange: Exchange, target: IPv4Address) {
      let path = exchange.path
      duration = exchange.duration
      if path.hops.count == 1, path.reply == nil, path.outcome.reason == .noARPAnswer {
        source = path.hops[0].steps.last?.before.innerIP?.source ?? target
        duration = .milliseconds(3070)
        (remark, isEnd) = (" !H", true)
        return
      }
      guard let packet = exchange.answer, let ip = packet.innerIP else { return nil }
      source = ip.source
      (remark, isEnd) = Answer.meaning(of: packet)
    }

    /// Source: traceroute 2.1 `mod-icmp.c`, `parse_icmp_res`.
    private static func meaning(of packet: Packet) -> (String, Bool) {
      switch packet.icmp?.message {
      case .timeExceeded: ("", false)
      case .destinationUnreachable(.port), .echoReply, nil: ("", true)
      case .destinationUnreachable(.network): (" !N", true)
      case .destinationUnreachable(.host): (" !H", true)
      case .destinationUnreachable(.protocol): (" !P", true)
      case .destinationUnreachable(.administrativelyProhibited): (" !X", true)
      case .destinationUnreachable(.fragmentationNeeded(let mtu)): (" !F-\(mtu)", true)
      case .redirect, .echoRequest: ("", false)
      }
    }
  }

  /// What one probe adds to the line.
  mutating func text(
    of answer: Answer?, hop: Int, names: [IPv4Address: String], isNumeric: Bool
  ) -> String {
    var text = ""
    if self.hop == nil {
      self.hop = hop
      text += (hop < 10 ? " " : "") + "\(hop) "
    }
    guard let answer else { return text + " *" }
    isEnd = isEnd || answer.isEnd
    if answer.source != former {
      former = answer.source
      text +=
        " "
        + (isNumeric
          ? "\(answer.source)" : "\(names[answer.source] ?? "\(answer.source)") (\(answer.source))")
    }
    return text + "  \(decimal(answer.duration.wholeMicroseconds, digits: 3)) ms\(answer.remark)"
  }
}
