import NetModel
import PacketTrace

/// What `traceroute` was asked to do.
///
/// Source: traceroute(8) of Dmitry Butskoy's traceroute 2.1.
struct TracerouteOptions: Hashable, Sendable {
  var host: String
  var isNumeric: Bool
  var probe = Probe.udp
  var firstHop = 1
  var mostHops = 30
  var queries = 3
  var patience = Duration.seconds(5)
  var port: UInt16?
  var source: IPv4Address?
  var device: String?
  /// Bytes of each probe's IP packet.
  var length = 60

  enum Probe: Hashable, Sendable {
    case udp, echo, tcp
  }

  init(_ arguments: [String]) throws(Refusal) {
    let table = CommandOptions.Table(
      flags: "4nITU", valued: "qmwfpsi",
      long: [
        .flag("icmp", as: "I"), .flag("tcp", as: "T"), .flag("udp", as: "U"), .value("max-hops", as: "m"),
        .value("queries", as: "q"), .value("wait", as: "w"), .value("first", as: "f"),
        .value("port", as: "p"),
        .value("interface", as: "i"), .value("source", as: "s"),
      ])
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(arguments, table)
    } catch {
      throw error.refusal(of: "traceroute", status: 2)
    }
    guard let host = options.operands.first else {
      throw .complaint("Specify \"host\" missing argument.\n", status: 2)
    }
    self.host = host
    isNumeric = options.has("n")
    if options.has("I") { probe = .echo }
    if options.has("T") { probe = .tcp }
    device = options.value("i")
    source = options.value("s").flatMap { IPv4Address(parsing: $0) }
    if options.operands.count > 1 { length = try TracerouteOptions.number(options.operands[1], 28...65000) }
    if let text = options.value("m") { mostHops = try TracerouteOptions.number(text, 1...255) }
    if let text = options.value("f") { firstHop = try TracerouteOptions.number(text, 1...255) }
    if let text = options.value("q") { queries = try TracerouteOptions.number(text, 1...10) }
    if let text = options.value("p") { port = UInt16(try TracerouteOptions.number(text, 1...65535)) }
    guard let text = options.value("w") else { return }
    guard let wait = seconds(parsing: String(text.prefix { $0 != "," })) else {
      throw .complaint("bad wait specifications `\(text)' used\n", status: 2)
    }
    patience = wait
  }

  private static func number(_ text: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw .complaint("Bad option argument `\(text)'\n", status: 2)
    }
    return number
  }

  /// The flow of one probe; `number` counts all probes from 0.
  func flow(
    from stack: StackID, to target: IPv4Address, hop: Int, number: Int, identifier: UInt16
  ) -> Flow {
    var flow = Flow(origin: stack, destination: target, content: content(number))
    flow.dontFragment = false
    flow.choices.ttl = UInt8(clamping: hop)
    flow.choices.source = source
    flow.choices.device = device
    flow.payloadLength = length - IPv4Header.length - UDPHeader.length
    if probe == .echo {
      flow.choices.port = identifier
      flow.choices.sequence = UInt16(truncatingIfNeeded: number + 1)
    }
    return flow
  }

  private func content(_ number: Int) -> Flow.Content {
    switch probe {
    case .udp: .transport(.udp, port: (port ?? 33434) &+ UInt16(truncatingIfNeeded: number))
    case .tcp: .transport(.tcp, port: port ?? 80)
    case .echo: .echo
    }
  }
}
