import ControlPlane
import NetModel
import PacketTrace

/// `ping`: echo requests, one an interval, and what comes back.
///
/// Source: iputils `ping/ping_common.c`, `main_loop` and `pinger`; its outputs were recorded with the kernel
/// vectors.
struct PingJob: Job {
  private let options: PingOptions
  private let stack: StackID
  private var lookup: NameLookup?
  private var target: PingTarget?
  private var report: PingReport?
  private var identifier: UInt16 = 0
  private var started = Instant.start
  /// When the next request goes out.
  private var next: Instant?
  /// What is under way, in the order of arrival.
  private var arrivals: [Arrival] = []
  /// When the neighbor that is being asked for is given up, and every request behind it.
  private var resolution: Instant?
  /// When to give up waiting behind the last request.
  private var giveUp: Instant?

  private struct Arrival {
    var due: Instant
    var sequence: Int
    var news: PingNews
  }

  init(_ options: PingOptions, on stack: StackID) {
    self.options = options
    self.stack = stack
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return target == nil ? .ended(status: 130) : finish(&output) }
    if target != nil { return goOn(in: &lab, output: &output) }
    let lookup = lookup ?? lab.resolve(options.target, on: stack)
    self.lookup = lookup
    guard lookup.due <= lab.now || lookup.isQuick else { return .waiting(JobWait(until: lookup.due)) }
    do throws(Refusal) {
      try open(try lookup.address(for: .ping), in: lab)
    } catch {
      output.writeError(error.result(of: "ping").standardError)
      return .ended(status: error.result(of: "ping").status)
    }
    identifier = UInt16(truncatingIfNeeded: lab.draw())
    output.write(report?.header ?? "")
    return goOn(in: &lab, output: &output)
  }

  private mutating func open(_ address: IPv4Address, in lab: RunningLab) throws(Refusal) {
    let target = try PingTarget(options, at: address, on: stack, in: lab)
    self.target = target
    report = PingReport(target: target, options: options, start: lab.startTime)
    started = lab.now
    next = lab.now
  }

  private mutating func goOn(in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    while true {
      deliver(at: lab.now, &output)
      if isDone(at: lab.now) { return finish(&output) }
      guard let due = next, due <= lab.now else { break }
      if mayLinger {
        next = nil
        giveUp = due + (lingering - options.interval)
        continue
      }
      let isLate = lab.now - due >= options.interval
      send(at: isLate ? lab.now : due, in: &lab, output: &output)
      next = (isLate ? lab.now : due) + options.interval
    }
    let instants = [next, giveUp, arrivals.first?.due, options.deadline.map { started + $0 }].compactMap(
      \.self)
    return .waiting(JobWait(until: instants.min()))
  }

  /// All requests are out, and no deadline asks for more.
  private var mayLinger: Bool {
    guard let count = options.count, let report else { return false }
    return report.transmitted >= count && options.deadline == nil
  }

  /// Twice the longest round trip, or an interval; with no answer at all, as long as `-W` says.
  ///
  /// Source: iputils `ping/ping_common.c`, `__schedule_exit`.
  private var lingering: Duration {
    guard let longest = report?.longest else { return max(options.linger, options.interval) }
    return max(longest * 2, options.interval)
  }

  private func isDone(at now: Instant) -> Bool {
    if let deadline = options.deadline, started + deadline <= now { return true }
    if let giveUp, giveUp <= now { return true }
    guard let count = options.count, let report else { return false }
    return report.received + report.reportedErrors >= count
  }

  private mutating func finish(_ output: inout JobOutput) -> JobState {
    guard let report else { return .ended(status: 2) }
    output.write(report.summary)
    let isShort = options.deadline != nil && options.count.map { report.received < $0 } ?? false
    return .ended(status: report.received == 0 || isShort ? 1 : 0)
  }

  private mutating func deliver(at now: Instant, _ output: inout JobOutput) {
    while let first = arrivals.first, first.due <= now {
      arrivals.removeFirst()
      output.write(report?.take(first.news, sequence: first.sequence, at: first.due) ?? "")
    }
  }

  /// - Parameter time: when the request was to go out.
  private mutating func send(at time: Instant, in lab: inout RunningLab, output: inout JobOutput) {
    guard let target else { return }
    let sequence = (report?.transmitted ?? 0) + 1
    if options.reportsOutstanding { output.write(report?.outstanding(before: sequence, at: time) ?? "") }
    report?.depart(at: time)
    if let resolution, lab.now < resolution {
      arrive(.unreachableHere, sequence, at: resolution)
      return
    }
    let sent = target.send(sequence, identifier: identifier, options, from: stack, in: &lab)
    for news in sent.redirects { arrive(news, sequence, at: time) }
    switch sent.reach {
    case .silence: break
    case .refused(let text):
      report?.countLocalError()
      output.writeError(text)
    case .noNeighbor:
      let failure = lab.now + .milliseconds(3070)
      resolution = failure
      arrive(.unreachableHere, sequence, at: failure)
    case .answered(let packet, let duration):
      guard let news = PingNews(packet, duration: duration) else { return }
      // What comes within the same moment is not waited for.
      arrive(news, sequence, at: duration < .milliseconds(100) ? time : time + duration)
    }
  }

  private mutating func arrive(_ news: PingNews, _ sequence: Int, at due: Instant) {
    let position = arrivals.firstIndex { $0.due > due } ?? arrivals.endIndex
    arrivals.insert(Arrival(due: due, sequence: sequence, news: news), at: position)
  }
}
