import ControlPlane
import NetModel
import PacketTrace

/// `tracepath`: the routers on the way, and the largest packet that passes.
///
/// Source: iputils `tracepath.c`; its outputs were recorded in the lab and with the kernel vectors.
struct TracepathJob: Job {
  private let options: TracepathOptions
  private let stack: StackID
  private var report: TracepathReport
  private var lookup: NameLookup?
  private var target: IPv4Address?
  private var hop = 1
  /// Probes to this hop that nobody answered.
  private var silent = 0
  private var size: Int
  /// The probe that is under way is answered, or given up, then.
  private var due: Instant?
  private var answer: Answer?

  /// What came back for a probe.
  private struct Answer {
    var source: IPv4Address
    var ttl: UInt8
    var message: ICMPHeader.Message
    var duration: Duration
  }

  private static let tries = 3
  private static let patience = Duration.seconds(1)
  /// What the own kernel's routing table answers in place of a way.
  private static let localRefusals: Set<Reason> = [
    .noRoute, .unreachableRoute, .prohibitRoute, .blackholeRoute,
  ]

  init(_ invocation: Invocation, in lab: RunningLab) throws(Refusal) {
    options = try TracepathOptions(invocation.arguments)
    stack = invocation.stack
    size = options.length
    report = TracepathReport(
      options: options, names: lab.namesInHostsFile(of: invocation.stack),
      showsSummary: lab.network?.cluster?.facts.tracepathShowsSummary ?? true)
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    let lookup = lookup ?? lab.resolve(options.host, on: stack)
    self.lookup = lookup
    guard lookup.isQuick || lookup.due <= lab.now else { return .waiting(JobWait(until: lookup.due)) }
    do throws(Refusal) {
      target = try lookup.address(for: .tracepath)
    } catch {
      output.writeError(error.result(of: "tracepath").standardError)
      return .ended(status: error.result(of: "tracepath").status)
    }
    while hop <= options.mostHops {
      if let due, due > lab.now { return .waiting(JobWait(until: due)) }
      if due != nil, finishProbe(&output) { return end(&output) }
      if due == nil, !probe(in: &lab, &output) { return end(&output) }
    }
    output.write("     Too many hops: pmtu \(size)\n")
    return end(&output)
  }

  private func end(_ output: inout JobOutput) -> JobState {
    output.write(report.summary(size: size))
    return .ended(status: 0)
  }

  /// Sends one probe; false where the own kernel has no way for it.
  private mutating func probe(in lab: inout RunningLab, _ output: inout JobOutput) -> Bool {
    guard let target, hop <= options.mostHops else { return true }
    var flow = Flow(origin: stack, destination: target, content: .transport(.udp, port: options.port))
    flow.choices.ttl = UInt8(clamping: hop)
    flow.dontFragment = true
    let known = lab.pathMTU(from: stack, to: target)
    var exchange = send(flow, in: &lab)
    if let limit = exchange.path.ownLimit.map({ min($0, known ?? $0) }) ?? known, limit < size {
      size = limit
      output.write(report.localLine(hop, size: limit))
      exchange = send(flow, in: &lab)
      report.restarts = true
    }
    let path = exchange.path
    if path.hops.count == 1, path.reply == nil, Self.localRefusals.contains(path.outcome.reason) {
      output.write(report.sendFailed(hop))
      return false
    }
    due = lab.now + TracepathJob.patience
    answer = nil
    if path.hops.count == 1, path.outcome.reason == .noARPAnswer, path.reply == nil {
      let source = path.hops[0].steps.last?.before.innerIP?.source ?? target
      let duration = Duration.milliseconds(3070)
      answer = Answer(source: source, ttl: 64, message: .destinationUnreachable(.host), duration: duration)
      due = lab.now + duration
      // Two further probes of the same hop have gone out by then.
      report.restarts = false
    } else if let packet = exchange.answer, let ip = packet.innerIP, let message = packet.icmp?.message {
      answer = Answer(source: ip.source, ttl: ip.ttl, message: message, duration: exchange.duration)
      due = exchange.duration < .milliseconds(100) ? lab.now : lab.now + exchange.duration
    }
    return true
  }

  private func send(_ flow: Flow, in lab: inout RunningLab) -> Exchange {
    var sized = flow
    sized.payloadLength = max(size - IPv4Header.length - UDPHeader.length, 0)
    return lab.send(sized)
  }

  /// Takes a probe's answer, or that there is none; true where the search is over.
  private mutating func finishProbe(_ output: inout JobOutput) -> Bool {
    due = nil
    guard let answer else {
      silent += 1
      guard silent >= TracepathJob.tries else { return false }
      output.write(report.noReply(hop))
      goOn()
      return false
    }
    output.write(
      report.line(hop, from: answer.source, ttl: answer.ttl, answer.message, after: answer.duration))
    if case .destinationUnreachable(.fragmentationNeeded(let mtu)) = answer.message {
      size = min(size, max(Int(mtu), 68))
      report.restarts = false
      return false
    }
    guard answer.message == .timeExceeded else { return !report.restarts || !restart() }
    if !restart() { goOn() }
    return false
  }

  /// The size became another during the probe: the same hop is asked once more.
  private mutating func restart() -> Bool {
    guard report.restarts else { return false }
    report.restarts = false
    silent = 0
    return true
  }

  private mutating func goOn() {
    hop += 1
    silent = 0
  }
}
