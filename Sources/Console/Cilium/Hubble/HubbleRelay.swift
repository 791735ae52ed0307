import ControlPlane
import NetModel
import PacketTrace

/// Whom `hubble` asks: Hubble Relay, the pod that asks every node's agent for its flows, or one agent alone.
struct HubbleRelay: Sendable {
  /// The relay's pod; `nil` where an agent is asked.
  let pod: PodID?
  /// The nodes whose agents answer it, in ascending order of name.
  let connected: [NodeID]
  /// The nodes whose agents do not, in ascending order of name.
  let unavailable: [NodeID]

  /// The port on the user's side that `hubble` asks.
  static let port = 4245
  /// The port on which agents serve their flows.
  private static let agentPort: UInt16 = 4244

  /// Where an agent serves the flows of its own node.
  ///
  /// Source: Cilium `pkg/hubble/defaults`, `SocketPath`.
  static let agentServer = "unix:///var/run/cilium/hubble.sock"

  /// As `hubble` names it.
  var server: String { pod == nil ? Self.agentServer : "localhost:\(Self.port)" }

  /// - Parameters:
  ///   - server: as `--server` names it; `nil` for the relay.
  ///   - stack: where `hubble` runs.
  init(server: String?, on stack: StackID, in lab: RunningLab) throws(ToolFailure) {
    guard let server, server.hasPrefix("unix://") else {
      try self.init(in: lab)
      return
    }
    guard case .host(let node) = stack, lab.network?.cluster?.node(node)?.agent != nil else {
      throw Self.refused
    }
    self.init(pod: nil, connected: [node], unavailable: [])
  }

  private init(pod: PodID?, connected: [NodeID], unavailable: [NodeID]) {
    self.pod = pod
    self.connected = connected
    self.unavailable = unavailable
  }

  /// - Throws: where no relay runs.
  init(in lab: RunningLab) throws(ToolFailure) {
    guard let cluster = lab.network?.cluster else { throw Self.refused }
    let relays = cluster.pods.filter { $0.workload.name == "hubble-relay" }.map(\.id)
    guard let pod = relays.first(where: { lab.snapshot.placement(of: $0) != nil }) else { throw Self.refused }
    self.pod = pod
    let nodes = cluster.nodes.filter { $0.agent != nil }
    let reached = nodes.filter { Self.reaches($0.address, from: pod, in: lab.snapshot) }.map(\.id)
    connected = reached
    unavailable = nodes.map(\.id).filter { !reached.contains($0) }
  }

  /// Source: google.golang.org/grpc `clientconn.go`; Cilium `hubble/cmd/common/conn`.
  private static let refused = ToolFailure(
    standardError:
      "failed to connect to 'localhost:\(port)': connection error: desc = \"transport: error while dialing: "
      + "dial tcp 127.0.0.1:\(port): connect: connection refused\"\n", status: 1)

  /// Whether a connection comes about: the question reaches the agent's port, and the answer the relay.
  private static func reaches(_ address: IPv4Address, from pod: PodID, in snapshot: Snapshot) -> Bool {
    let flow = Flow(
      origin: .pod(pod), destination: address, content: .transport(.tcp, port: agentPort))
    guard let path = snapshot.walk(flow, roundTrip: true).paths.first, let reply = path.reply else {
      return false
    }
    return path.outcome.disposition == .delivered && reply.outcome.disposition == .delivered
      && reply.isAcknowledged
  }

  /// The events of the nodes that answer, oldest first.
  func flows(in lab: RunningLab, from number: Int = 0) -> [Traffic.SeenFlow] {
    lab.traffic.events.items(from: number).filter { connected.contains($0.event.node) }
      .sorted { $0.time < $1.time }
  }
}

extension Path.Reply {
  /// The answer is no refusal.
  fileprivate var isAcknowledged: Bool {
    guard case .tcp(let header) = hops.first?.steps.first?.before.headers.last else { return false }
    return header.flags.contains(.syn) && header.flags.contains(.ack)
  }
}
