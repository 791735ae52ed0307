import ControlPlane
import NetModel
import PacketTrace

/// `cilium-dbg monitor`: the node's events as they come, until it is interrupted.
///
/// Events of the socket layer, which name a cgroup, and the size of the ring buffers are not modelled.
///
/// Source: Cilium `cilium-dbg/cmd/monitor.go`, `pkg/monitor/datapath_trace.go`, `datapath_drop.go`,
/// `datapath_policy.go`, `dissect.go`.
struct AgentMonitor: Job {
  private let node: NodeID
  private let types: Set<String>
  private let endpoints: (from: Int?, to: Int?, related: Int?)
  private var next = 0

  private static let flags = FlagSet([
    Flag("type", "t", .texts), Flag("from", nil, .number), Flag("to", nil, .number),
    Flag("related-to", nil, .number), .unmodelled("json", "j", .bool), .unmodelled("verbose", "v", .bool),
    .unmodelled("hex", nil, .bool), .unmodelled("numeric", "n", .bool),
    .unmodelled("monitor-socket", nil, .text), .unmodelled("help", "h", .bool),
  ])

  /// The types of events that exist; those of the datapath alone are modelled.
  private static let knownTypes = [
    "agent", "capture", "debug", "drop", "l7", "policy-verdict", "recorder", "trace", "trace-sock",
  ]

  init(_ words: [String], on node: NodeID) throws(ToolFailure) {
    let flags = try Self.flags.parse(words, of: "cilium-dbg monitor")
    self.node = node
    types = Set(flags.texts("type"))
    endpoints = (flags.number("from"), flags.number("to"), flags.number("related-to"))
    if let unknown = types.sorted().first(where: { !Self.knownTypes.contains($0) }) {
      throw .error(
        "invalid argument \(JSONValue.quoted(unknown)) for \"-t, --type\" flag: Unknown type \(unknown)")
    }
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    switch event {
    case .started:
      output.writeError("Press Ctrl-C to quit\n")
      next = lab.traffic.events.end
    case .interrupted:
      output.writeError("\nReceived an interrupt, disconnecting from monitor...\n\n")
      return .ended(status: 0)
    case .labChanged, .timePassed, .input, .inputEnded, .edited:
      if let agent = AgentView(of: node, in: lab) {
        write(lab.traffic.events.items(from: next), agent, &output)
      }
      next = lab.traffic.events.end
    }
    return .waiting(JobWait(forLabChange: true))
  }

  private func write(_ events: ArraySlice<Traffic.SeenFlow>, _ agent: AgentView, _ output: inout JobOutput) {
    for seen in events where seen.event.node == node && isWanted(seen.event, agent) {
      if let line = MonitorLine(event: seen.event, agent: agent).text { output.write(line + "\n") }
    }
  }

  private func isWanted(_ event: FlowEvent, _ agent: AgentView) -> Bool {
    guard types.isEmpty || types.contains(event.kind.monitorType) else { return false }
    let source = agent.endpointID(at: event.source.address)
    let destination = agent.endpointID(at: event.destination.address)
    if let from = endpoints.from, source != from { return false }
    if let to = endpoints.to, destination != to { return false }
    if let related = endpoints.related, source != related, destination != related { return false }
    return true
  }
}

/// One event as the monitor prints it.
struct MonitorLine: Sendable {
  let event: FlowEvent
  let agent: AgentView

  /// `nil` for events that the lab does not print.
  var text: String? {
    switch event.kind {
    case .trace(let point):
      return "-> \(target(point)) flow \(hash) , \(identities) state \(state) ifindex \(device(point)) "
        + "orig-ip \(originalAddress(point)): \(packet)"
    case .dropped(_, let code):
      let endpoint = agent.endpointID(at: event.destination.address).map { " to endpoint \($0)" } ?? ""
      let extended = event.extendedError.map { ", \($0)" } ?? ""
      return
        "xx drop (\(DropReasonText.text(of: code))\(extended)) flow \(hash)\(endpoint), , \(identities): \(packet)"
    case .policyVerdict(let match, let direction, let action):
      let (own, peer) =
        direction == .ingress ? (event.destination, event.source) : (event.source, event.destination)
      let endpoint = agent.endpointID(at: own.address) ?? 0
      return "Policy verdict log: flow \(hash) local EP ID \(endpoint), remote ID \(peer.identity.name), "
        + "proto \(event.summary.protocolNumber), \(direction.rawValue), "
        + "action \(action.monitorName), auth: disabled, match \(match.rawValue), \(packet)"
    case .socket: return nil
    }
  }

  private var identities: String {
    "identity \(event.source.identity.name)->\(event.destination.identity.name)"
  }

  /// A number that stands for the flow; the kernel's own is drawn at every boot.
  private var hash: String {
    var hash: UInt32 = 0x811c_9dc5
    let ports = [event.source.port, event.destination.port].map { UInt32($0 ?? 0) }
    for word in [event.source.address.rawValue, event.destination.address.rawValue] + ports {
      hash = (hash ^ word) &* 0x0100_0193
    }
    return "0x" + String(hash, radix: 16)
  }

  private var state: String {
    if event.direction == .reply { return "reply" }
    if case .tcp(let flags) = event.summary, flags.contains(.ack) { return "established" }
    return "new"
  }

  private func target(_ point: FlowEvent.ObservationPoint) -> String {
    switch point {
    case .toEndpoint: "endpoint \(agent.endpointID(at: event.destination.address) ?? 0)"
    case .toStack: "stack"
    case .toOverlay: "overlay"
    case .toNetwork: "network"
    }
  }

  private func device(_ point: FlowEvent.ObservationPoint) -> String {
    switch point {
    case .toEndpoint:
      return agent.datapath.endpoint(at: event.destination.address)?.podEndpoint?.interface ?? "0"
    case .toOverlay: return agent.datapath.settings.tunnel?.deviceName ?? "0"
    case .toNetwork: return agent.datapath.directRoutingDevice
    case .toStack: return "0"
    }
  }

  private func originalAddress(_ point: FlowEvent.ObservationPoint) -> String {
    point == .toEndpoint ? "\(event.source.address)" : "0.0.0.0"
  }

  /// Source: Cilium `pkg/monitor/dissect.go`, `getConnectionSummary`.
  private var packet: String {
    switch event.summary {
    case .tcp(let flags):
      "\(event.source.socket) -> \(event.destination.socket) tcp \(flags.intersection([.syn, .ack, .rst, .fin]).hubbleNames.joined(separator: ", "))"
    case .udp, .socket: "\(event.source.socket) -> \(event.destination.socket) udp"
    case .icmp(let message):
      "\(event.source.address) -> \(event.destination.address) icmp \(message.gopacketName)"
    }
  }
}

extension FlowEvent.Kind {
  fileprivate var monitorType: String {
    switch self {
    case .trace: "trace"
    case .socket: "trace-sock"
    case .dropped: "drop"
    case .policyVerdict: "policy-verdict"
    }
  }
}

extension FlowEvent.End {
  fileprivate var socket: String { "\(address):\(port ?? 0)" }
}

extension FlowEvent.Summary {
  fileprivate var protocolNumber: Int {
    switch self {
    case .tcp, .socket(.tcp): 6
    case .udp, .socket(.udp): 17
    case .socket(.sctp): 132
    case .icmp: 1
    }
  }
}

extension SecurityIdentity {
  /// The reserved name, or the number.
  fileprivate var name: String { reservedName ?? "\(number)" }
}

extension AgentView {
  /// The number of the endpoint that bears an address on this node; `nil` where no pod does.
  func endpointID(at address: IPv4Address) -> Int? {
    datapath.endpoint(at: address)?.podEndpoint?.id
  }
}

extension FlowEvent.PolicyAction {
  /// Source: Cilium `pkg/monitor/datapath_policy.go`, `GetPolicyActionString`.
  fileprivate var monitorName: String {
    switch self {
    case .allowed: "allow"
    case .denied: "deny"
    case .audited: "audit"
    }
  }
}
