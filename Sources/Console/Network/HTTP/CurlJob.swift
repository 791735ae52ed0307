import ControlPlane
import NetModel
import PacketTrace

/// `curl`: one HTTP exchange after the other, each over a connection of its own.
///
/// Source: curl 8.5.0 and 8.14.1, `lib/multi.c`, `lib/connect.c`; its outputs were recorded in the lab.
struct CurlJob: Job {
  private let options: CurlOptions
  private let stack: StackID
  private var targets: ArraySlice<CurlTarget>
  private let outputIsTerminal: Bool
  private var voice: CurlVoice
  private var phase = Phase.start
  private var began = Instant.start
  private var status: Int32 = 0
  /// Why the last transfer did not take place; `nil` where it did.
  private(set) var failure: CurlFailure?

  private enum Phase {
    case start
    /// A name server has not answered yet.
    case resolving(NameLookup, until: Instant)
    /// Nothing has come back from the server.
    case connecting(IPv4Address, Silence)
    /// What is still to be said when the server closes.
    case closing(until: Instant)
    /// The server has the request, and nothing comes.
    case stalled(until: Instant?)
  }

  /// A connection attempt that has not been answered.
  private struct Silence {
    var flow: Flow
    /// When the next segment goes out again; doubled each time.
    var retry: Instant
    var pause: Duration
    var repeats = 0
    /// When the own kernel gives up.
    var end: Instant?
  }

  /// Repeated SYNs of a connection that is not answered.
  ///
  /// Source: Linux `net.ipv4.tcp_syn_retries` 6.
  private static let mostRepeats = 6

  init(_ invocation: Invocation, in lab: RunningLab) throws(Refusal) {
    options = try CurlOptions(invocation.arguments)
    stack = invocation.stack
    if case .pod = stack, case .file(let path)? = options.stream { throw .notModelled("-o \(path)") }
    targets = options.targets[...]
    outputIsTerminal = invocation.input.outputIsTerminal
    voice = CurlVoice(options, version: lab.curlVersion(on: invocation.stack))
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    while true {
      if case .waiting(let wait)? = step(in: &lab, &output) { return .waiting(wait) }
      guard !targets.isEmpty else { return .ended(status: status) }
    }
  }

  /// One step of the first target; `nil` where it is done with.
  private mutating func step(in lab: inout RunningLab, _ output: inout JobOutput) -> JobState? {
    guard let target = targets.first else { return nil }
    switch phase {
    case .start:
      began = lab.now
      voice.begin(showsMeter: showsMeter, countsData: options.file != nil || !outputIsTerminal)
      return resolve(target, in: &lab, &output)
    case .resolving(let lookup, let until):
      guard until <= lab.now else { return .waiting(JobWait(until: until)) }
      if until < lookup.due { return fail(.resolvingTimedOut, target, in: lab, &output) }
      return connect(target, lookup, in: &lab, &output)
    case .connecting(let address, let silence):
      return goOnConnecting(target, to: address, silence, in: &lab, &output)
    case .closing(let until):
      guard until <= lab.now else { return .waiting(JobWait(until: until)) }
      return next()
    case .stalled(let until):
      guard let until else { return .waiting(JobWait()) }
      guard until <= lab.now else { return .waiting(JobWait(until: until)) }
      return fail(.operationTimedOut, target, in: lab, &output)
    }
  }

  private var showsMeter: Bool {
    !options.isSilent && !options.hidesMeter && (options.file != nil || !outputIsTerminal)
  }

  // MARK: Names

  private mutating func resolve(
    _ target: CurlTarget, in lab: inout RunningLab, _ output: inout JobOutput
  ) -> JobState? {
    let pin = options.pinned.last { $0.host == target.host.lowercased() && $0.port == target.port }
    let lookup =
      pin.map { NameLookup(name: target.host, answer: .found($0.address), due: lab.now, isQuick: true) }
      ?? lab.resolve(target.host, on: stack)
    if lookup.isQuick { return connect(target, lookup, in: &lab, &output) }
    phase = .resolving(lookup, until: min(lookup.due, connectDeadline ?? lookup.due))
    return step(in: &lab, &output)
  }

  /// When the connection must be there.
  private var connectDeadline: Instant? {
    let limits = [options.connectTimeout, options.totalTimeout].compactMap(\.self)
    return limits.min().map { began + $0 }
  }

  // MARK: Connecting

  private mutating func connect(
    _ target: CurlTarget, _ lookup: NameLookup, in lab: inout RunningLab, _ output: inout JobOutput
  ) -> JobState? {
    switch lookup.answer {
    case .notModelled: return refuse("\(target.host): not modelled here", &output)
    case .unknown, .noServer: return fail(.unresolved, target, in: lab, &output)
    case .found(let address):
      voice.say(.resolved(target, address, isName: IPv4Address(parsing: target.host) == nil))
      voice.say(.trying(address, target.port))
      var flow = Flow(
        origin: stack, destination: address, content: .transport(.tcp, port: target.port))
      flow.choices.port = lab.drawPort()
      guard bind(&flow, in: lab) else {
        return refuse("--interface \(options.interface ?? ""): not modelled here", &output)
      }
      return attempt(target, to: address, flow, in: &lab, &output)
    }
  }

  /// Chooses the source that `--interface` names; false where the machine has none of that name.
  private func bind(_ flow: inout Flow, in lab: RunningLab) -> Bool {
    guard let name = options.interface else { return true }
    guard let own = lab.snapshot.stack(stack) else { return false }
    if let address = IPv4Address(parsing: name) {
      flow.choices.source = address
      return own.interface(bearing: address) != nil
    }
    flow.choices.device = name
    return own.interface(named: name) != nil
  }

  private mutating func attempt(
    _ target: CurlTarget, to address: IPv4Address, _ flow: Flow, in lab: inout RunningLab,
    _ output: inout JobOutput
  ) -> JobState? {
    let exchange = lab.send(flow)
    if let stream = TCPStream(exchange) {
      return talk(target, to: address, stream, exchange, in: &lab, &output)
    }
    if exchange.answer?.tcp != nil {
      return fail(.refused(address, after: exchange.duration), target, in: lab, &output)
    }
    if exchange.answer != nil {
      return fail(.unreachable(address, after: exchange.duration), target, in: lab, &output)
    }
    let path = exchange.path
    let isOwn = path.hops.count <= 1 && path.reply == nil
    if path.outcome.disposition == .undecided { return refuse("\(target.url): not modelled here", &output) }
    if isOwn, path.outcome.reason.endsCallAtOnce {
      return fail(.unreachable(address, after: .zero), target, in: lab, &output)
    }
    var silence = Silence(flow: flow, retry: lab.now + .seconds(1), pause: .seconds(2))
    if isOwn, path.outcome.reason == .noARPAnswer { silence.end = lab.now + .milliseconds(3070) }
    phase = .connecting(address, silence)
    return step(in: &lab, &output)
  }

  private mutating func goOnConnecting(
    _ target: CurlTarget, to address: IPv4Address, _ silence: Silence, in lab: inout RunningLab,
    _ output: inout JobOutput
  ) -> JobState? {
    if let connectDeadline, connectDeadline <= lab.now {
      let byConnect = options.connectTimeout.map { began + $0 <= lab.now } ?? false
      return fail(byConnect ? .connectTimedOut : .connectionTimedOut, target, in: lab, &output)
    }
    if let end = silence.end, end <= lab.now {
      return fail(.unreachable(address, after: lab.now - began), target, in: lab, &output)
    }
    guard silence.end != nil || silence.retry > lab.now else {
      return repeatAttempt(target, to: address, silence, in: &lab, &output)
    }
    let instants = [connectDeadline, silence.end, silence.end == nil ? silence.retry : nil].compactMap(\.self)
    return .waiting(JobWait(until: instants.min()))
  }

  /// The kernel sends the first segment again.
  private mutating func repeatAttempt(
    _ target: CurlTarget, to address: IPv4Address, _ silence: Silence, in lab: inout RunningLab,
    _ output: inout JobOutput
  ) -> JobState? {
    var next = silence
    next.repeats += 1
    guard next.repeats <= CurlJob.mostRepeats else {
      return fail(.kernelTimedOut(address), target, in: lab, &output)
    }
    let exchange = lab.send(silence.flow)
    if let stream = TCPStream(exchange) {
      return talk(target, to: address, stream, exchange, in: &lab, &output)
    }
    if exchange.answer != nil {
      return fail(.refused(address, after: lab.now - began), target, in: lab, &output)
    }
    next.retry = lab.now + next.pause
    next.pause = next.pause * 2
    phase = .connecting(address, next)
    return step(in: &lab, &output)
  }

  // MARK: Talking

  private mutating func talk(
    _ target: CurlTarget, to address: IPv4Address, _ opened: TCPStream, _ exchange: Exchange,
    in lab: inout RunningLab, _ output: inout JobOutput
  ) -> JobState? {
    var stream = opened
    let conversation = exchange.conversation
    voice.say(.connected(target, address, after: lab.now - began + stream.elapsed))
    stream.acknowledge(isReply: false, in: &lab)
    if target.isSecure { return refuse("\(target.url): not modelled here", &output) }
    let request = options.request(for: target, version: voice.version)
    voice.say(.sent(request))
    let client = conversation.client
    let place = conversation.server
    let port = conversation.asked.tcp?.destinationPort ?? target.port
    guard let server = place.flatMap({ lab.containerServer(on: $0, port: port) }),
      let response = server.answer(to: request, from: client, at: lab.wallTime)
    else { return refuse("\(target.url): not modelled here", &output) }
    guard stream.send(request.bytes, isReply: false, in: &lab) else { return stall() }
    stream.wait(.microseconds(150))
    let body = request.method == "HEAD" ? [] : response.body
    guard stream.send(response.headBytes + body, isReply: true, in: &lab) else { return stall() }
    let closing = response.closesAfter
    stream.wait(closing)
    stream.close(isReply: response.closes, in: &lab)
    let facts = CurlFacts(
      target: target, address: address, client: conversation.sent, response: response, size: body.count,
      connect: opened.elapsed, total: stream.elapsed - closing)
    voice.say(.received(response, body, facts, showsHead: options.includesHead || options.isHead))
    output.append(voice.take())
    phase = .closing(until: closing == .zero ? lab.now : lab.now + closing)
    return step(in: &lab, &output)
  }

  private mutating func stall() -> JobState? {
    phase = .stalled(until: options.totalTimeout.map { began + $0 })
    return .waiting(JobWait(until: options.totalTimeout.map { began + $0 }))
  }

  // MARK: Ending

  private mutating func fail(
    _ failure: CurlFailure, _ target: CurlTarget, in lab: RunningLab, _ output: inout JobOutput
  ) -> JobState? {
    status = failure.status
    self.failure = failure
    let limit = failure.status == 28 ? connectDeadline : nil
    voice.say(.failed(failure, target, after: min(lab.now, limit ?? lab.now) - began))
    output.append(voice.take())
    return next()
  }

  private mutating func refuse(_ text: String, _ output: inout JobOutput) -> JobState? {
    voice.leaveMeter()
    output.append(voice.take())
    output.writeError("curl: \(text)\n")
    status = 127
    return next()
  }

  private mutating func next() -> JobState? {
    targets.removeFirst()
    phase = .start
    return nil
  }
}

extension Conversation {
  /// Who asks, as the server sees it.
  fileprivate var client: Flow.Backend {
    Flow.Backend(address: asked.innerIP?.source ?? .any, port: asked.tcp?.sourcePort ?? 0)
  }
}

extension Reason {
  /// The own kernel, or Cilium at the socket, refuses the call at once.
  fileprivate var endsCallAtOnce: Bool {
    switch self {
    case .noRoute, .unreachableRoute, .prohibitRoute, .blackholeRoute, .noServiceBackend: true
    default: false
    }
  }
}

extension JobOutput {
  /// Writes chunks behind those that were written before.
  fileprivate mutating func append(_ chunks: [Chunk]) {
    for chunk in chunks { write(chunk.bytes, to: chunk.stream) }
  }
}

extension RunningLab {
  /// The version of curl on a machine, or in a pod's image.
  ///
  /// Source: Ubuntu 24.04 has 8.5.0; recorded in the lab.
  fileprivate func curlVersion(on stack: StackID) -> String {
    guard case .pod(let pod) = stack, let program = network?.cluster?.program(of: pod) else { return "8.5.0" }
    return program.tools?.first { $0.name == "curl" }?.version ?? "8.5.0"
  }
}
