import ControlPlane
import NetModel
import PacketTrace

/// `ssh`: a connection to another machine, and a command there.
///
/// Users, keys and passwords are not modelled: whoever asks is let in.
struct SSHJob: Job {
  private let options: SSHOptions
  private let invocation: Invocation
  private var phase = Phase.resolving

  private enum Phase {
    case resolving
    /// What will be said when the wait is over.
    case failing(Failure)
    case running(any Job)
  }

  /// Why there is no connection, and how long that takes to find out, in seconds.
  private struct Failure {
    var text: String
    var due: Instant
  }

  init(_ options: SSHOptions, _ invocation: Invocation) {
    self.options = options
    self.invocation = invocation
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    switch phase {
    case .resolving: return connect(in: &lab, output: &output)
    case .failing(let failure):
      return event == .interrupted ? .ended(status: 255) : fail(failure, lab, &output)
    case .running(var job):
      let state = job.resume(event, in: &lab, output: &output)
      phase = .running(job)
      return state
    }
  }

  private mutating func connect(in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    let lookup = lab.resolve(options.host, on: invocation.stack)
    switch lookup.answer {
    case .found(let address): return connect(to: address, in: &lab, output: &output)
    case .notModelled, .unknown:
      return complain("Could not resolve hostname \(options.host): Name or service not known", &output)
    case .noServer:
      let text = "Could not resolve hostname \(options.host): Temporary failure in name resolution"
      return fail(Failure(text: text, due: lookup.due), lab, &output)
    }
  }

  private mutating func connect(
    to address: IPv4Address, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    let flow = Flow(
      origin: invocation.stack, destination: address, content: .transport(.tcp, port: options.port))
    let exchange = lab.send(flow)
    switch ConnectionOutcome(of: exchange) {
    case .connected(.host(let node)): return run(on: .host(node), in: &lab, output: &output)
    case .connected, .outside:
      output.writeError("ssh: \(options.host) port \(options.port): not modelled here\n")
      return .ended(status: 127)
    case .failed(let error, let delay):
      let text = "connect to host \(options.host) port \(options.port): \(error.text)"
      let wait = options.connectTimeout.map { min(.seconds($0), delay) } ?? delay
      return fail(Failure(text: text, due: lab.now + wait), lab, &output)
    }
  }

  private mutating func run(
    on stack: StackID, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    guard let line = options.line else { return .handedOver(ShellRequest(stack: stack, line: nil)) }
    var input = invocation.input
    input.outputIsTerminal = false
    var job = LineJob(line, on: stack, input: input)
    let state = job.resume(.started, in: &lab, output: &output)
    phase = .running(job)
    return state
  }

  private mutating func fail(
    _ failure: Failure, _ lab: RunningLab, _ output: inout JobOutput
  ) -> JobState {
    guard lab.now < failure.due else { return complain(failure.text, &output) }
    phase = .failing(failure)
    return .waiting(JobWait(until: failure.due))
  }

  private func complain(_ text: String, _ output: inout JobOutput) -> JobState {
    output.writeError("ssh: \(text)\n")
    return .ended(status: 255)
  }
}

/// What a first segment came to, as `connect(2)` tells it.
enum ConnectionOutcome: Hashable, Sendable {
  case connected(StackID)
  /// After so long.
  case failed(SystemError, Duration)
  /// It left the modelled network, or the model cannot tell.
  case outside

  enum SystemError: Hashable, Sendable {
    case refused, hostUnreachable, networkUnreachable, timedOut

    /// Source: glibc `strerror`.
    var text: String {
      switch self {
      case .refused: "Connection refused"
      case .hostUnreachable: "No route to host"
      case .networkUnreachable: "Network is unreachable"
      case .timedOut: "Connection timed out"
      }
    }
  }

  init(of exchange: Exchange) {
    let outcome = exchange.path.outcome
    if let server = exchange.conversation.server, let flags = exchange.answer?.tcp?.flags {
      self = flags.contains(.rst) ? .failed(.refused, exchange.duration) : .connected(server)
    } else if exchange.answer?.icmp?.message.isError == true {
      self = .failed(.hostUnreachable, exchange.duration)
    } else if outcome.disposition == .exitsNetwork || outcome.disposition == .undecided {
      self = .outside
    } else if exchange.path.hops.count <= 1, outcome.disposition == .noRoute {
      self = .failed(.networkUnreachable, .zero)
    } else if exchange.path.hops.count <= 1, outcome.disposition == .neighborUnreachable {
      self = .failed(.hostUnreachable, Self.neighborPatience)
    } else {
      self = .failed(.timedOut, Self.synPatience)
    }
  }

  /// Three requests, a second apart.
  ///
  /// Source: Linux `Documentation/networking/ip-sysctl.rst`: mcast_solicit 3, retrans_time_ms 1000.
  private static let neighborPatience = Duration.milliseconds(3072)

  /// Six retransmissions, each after twice the time of the one before.
  ///
  /// Source: Linux `Documentation/networking/ip-sysctl.rst`: tcp_syn_retries 6, 131 seconds (since 6.5).
  private static let synPatience = Duration.seconds(131)
}
