import NetModel
import PacketTrace

/// `tcpdump`: of the interfaces, or of a capture file.
enum Tcpdump {
  static func start(_ invocation: Invocation, in lab: RunningLab) throws(Refusal) -> any Job {
    let stack = invocation.stack
    let options = try TcpdumpOptions(invocation.arguments) { word in
      lab.addressInHostsFile(of: word, on: stack)?.description
    }
    guard let source = options.source else { return try TcpdumpJob(options, on: stack, in: lab) }
    if case .pod = stack { throw .notModelled("-r \(source)") }
    return CaptureFileJob(options, source: source, on: stack, input: invocation.input)
  }
}

/// `tcpdump`: what the interfaces of a stack see from now on.
///
/// Source: tcpdump 4.99.4 `tcpdump.c`; its outputs were recorded in the lab and with the kernel vectors.
struct TcpdumpJob: Job {
  private let options: TcpdumpOptions
  private let stack: StackID
  private var printer: CapturePrinter
  /// The first packet of the lab's record that was not looked at yet.
  private var position = 0
  /// Packets that are on their way to an interface, earliest first.
  private var pending: [Traffic.SeenPacket] = []
  private var captured = 0

  /// A packet of the same moment is not waited for.
  private static let moment = Duration.milliseconds(100)

  init(_ given: TcpdumpOptions, on stack: StackID, in lab: RunningLab) throws(Refusal) {
    self.stack = stack
    var options = given
    let interfaces = lab.snapshot.stack(stack)?.interfaces ?? []
    let first = interfaces.first { $0.isUp && $0.attachment != .loopback } ?? interfaces.first
    let interface = options.interface ?? first?.name ?? TcpdumpOptions.allInterfaces
    guard interface == TcpdumpOptions.allInterfaces || interfaces.contains(where: { $0.name == interface })
    else {
      throw .complaint("tcpdump: \(interface): No such device exists\n(No such device exists)\n", status: 1)
    }
    options.interface = interface
    if case .pod = stack, case .file(let path) = options.stream { throw .notModelled("-w \(path)") }
    self.options = options
    printer = CapturePrinter(options, names: lab.namesInHostsFile(of: stack), start: lab.startTime)
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .started {
      position = lab.traffic.packets.end
      output.writeError(printer.header)
      output.write(printer.fileHeader, to: options.stream)
    }
    take(from: lab)
    show(in: lab, &output)
    if let count = options.count, captured >= count { return finish(&output) }
    if event == .interrupted {
      if !options.isCaptureFile { output.write("\n") }
      return finish(&output)
    }
    return .waiting(JobWait(until: pending.first?.time, forLabChange: true))
  }

  private mutating func finish(_ output: inout JobOutput) -> JobState {
    let packets = captured == 1 ? "1 packet" : "\(captured) packets"
    output.writeError(
      "\(packets) captured\n\(packets) received by filter\n0 packets dropped by kernel\n")
    return .ended(status: 0)
  }

  /// Everything new that passes the filter, in the order of its time.
  private mutating func take(from lab: RunningLab) {
    let new = lab.traffic.packets.items(from: position).filter { isWanted($0.seen) }
    position = lab.traffic.packets.end
    guard !new.isEmpty else { return }
    pending += new
    pending.sort { $0.time < $1.time }
  }

  private func isWanted(_ seen: CapturedPacket) -> Bool {
    guard seen.interface.stack == stack else { return false }
    guard options.interface == TcpdumpOptions.allInterfaces || options.interface == seen.interface.name else {
      return false
    }
    guard options.direction.admits(isOutgoing: seen.direction == .outgoing) else { return false }
    return options.filter.matches(seen.packet)
  }

  private mutating func show(in lab: RunningLab, _ output: inout JobOutput) {
    let horizon = lab.now + TcpdumpJob.moment
    while let first = pending.first, first.time <= horizon {
      if let count = options.count, captured >= count { return }
      pending.removeFirst()
      captured += 1
      let index = lab.snapshot.stack(stack)?.interface(named: first.seen.interface.name)?.index ?? 0
      let frame = CapturedFrame(
        packet: first.seen.packet, direction: first.seen.direction, interface: first.seen.interface.name,
        interfaceIndex: index)
      output.write(printer.bytes(of: frame, at: first.time), to: options.stream)
    }
  }
}
