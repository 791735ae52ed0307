import ControlPlane
import NetModel
import PacketTrace

/// `nc -z`: whether somebody waits on a port.
///
/// Source: OpenBSD's `nc` as Debian has it, `netcat.c` (`remote_connect`, `connection_info`).
struct NetcatJob: Job {
  private let stack: StackID
  private let host: String
  private var ports: ArraySlice<UInt16>
  private let isVerbose: Bool
  private let isNumeric: Bool
  private let timeout: Duration?
  private var failing: (text: String, due: Instant)?
  private var isAnyOpen = false

  init(_ invocation: Invocation) throws(Refusal) {
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(invocation.arguments, .init(flags: "zvn4N", valued: "w"))
    } catch {
      throw error.refusal(of: "nc", status: 1)
    }
    guard options.has("z") else { throw .notModelled("without -z") }
    guard options.operands.count == 2, let ports = Self.ports(options.operands[1]) else {
      throw .complaint("nc: missing or invalid port number\n", status: 1)
    }
    stack = invocation.stack
    host = options.operands[0]
    self.ports = ports[...]
    isVerbose = options.has("v")
    isNumeric = options.has("n")
    timeout = options.value("w").flatMap { seconds(parsing: $0) }
  }

  /// `80`, `20-25`, or the name of a service.
  private static func ports(_ word: String) -> [UInt16]? {
    if let named = ServiceNames.port(of: word) { return [named] }
    let ends = word.split(separator: "-", maxSplits: 1).compactMap { UInt16($0) }
    guard let first = ends.first, let last = ends.last, first > 0, first <= last,
      ends.count == word.split(separator: "-").count
    else { return nil }
    return Array(first...last)
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    if let failing {
      guard failing.due <= lab.now else { return .waiting(JobWait(until: failing.due)) }
      if isVerbose { output.writeError(failing.text) }
      self.failing = nil
    }
    let lookup = lab.resolve(host, on: stack)
    guard case .found(let address) = lookup.answer else {
      let isModelled = lookup.answer != .notModelled
      let text =
        isModelled
        ? "nc: getaddrinfo for host \"\(host)\" port \(ports.first ?? 0): Name or service not known\n"
        : "nc: \(host): not modelled here\n"
      output.writeError(text)
      return .ended(status: isModelled ? 1 : 127)
    }
    while let port = ports.popFirst() {
      if let wait = tryPort(port, at: address, in: &lab, &output) { return wait }
    }
    return .ended(status: isAnyOpen ? 0 : 1)
  }

  /// `nil` where the port answered at once.
  private mutating func tryPort(
    _ port: UInt16, at address: IPv4Address, in lab: inout RunningLab, _ output: inout JobOutput
  ) -> JobState? {
    let flow = Flow(origin: stack, destination: address, content: .transport(.tcp, port: port))
    switch ConnectionOutcome(of: lab.send(flow)) {
    case .connected:
      isAnyOpen = true
      let service = isNumeric ? "*" : ServiceNames.name(of: port) ?? "*"
      let name = isNumeric || host == "\(address)" ? host : "\(host) (\(address))"
      if isVerbose { output.writeError("Connection to \(name) \(port) port [tcp/\(service)] succeeded!\n") }
      return nil
    case .outside:
      output.writeError("nc: \(host) port \(port): not modelled here\n")
      return .ended(status: 127)
    case .failed(let error, let delay):
      let name = host == "\(address)" ? host : "\(host) (\(address))"
      if let timeout, timeout < delay {
        failing = (
          "nc: connect to \(name) port \(port) (tcp) timed out: Operation now in progress\n",
          lab.now + timeout
        )
        return .waiting(JobWait(until: lab.now + timeout))
      }
      failing = ("nc: connect to \(name) port \(port) (tcp) failed: \(error.text)\n", lab.now + delay)
      return .waiting(JobWait(until: lab.now + delay))
    }
  }
}
