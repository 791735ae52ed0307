import ControlPlane
import NetModel
import PacketTrace

/// A flow event with what Hubble knows of its ends.
struct HubbleFlow: Sendable {
  var time: WallTime
  var event: FlowEvent
  var source: End
  var destination: End

  /// One end of a flow.
  struct End: Sendable {
    var address: IPv4Address
    var port: UInt16?
    var identity: SecurityIdentity
    /// In ascending order.
    var labels: [String]
    var pod: PodID?
    var workload: String?
  }

  /// What an event tells, with the labels that the cluster knows now.
  init(_ seen: Traffic.SeenFlow, since start: WallTime, names: FlowNames) {
    time = WallTime(seen.time, since: start)
    event = seen.event
    source = names.end(seen.event.source)
    destination = names.end(seen.event.destination)
  }

  /// Source: Cilium `api/v1/flow/flow.proto`, `Verdict`.
  enum Verdict: String, Sendable, CaseIterable {
    case forwarded = "FORWARDED"
    case dropped = "DROPPED"
    case audit = "AUDIT"
    case traced = "TRACED"
    case translated = "TRANSLATED"
  }

  var verdict: Verdict {
    switch event.kind {
    case .trace: .forwarded
    case .dropped: .dropped
    case .policyVerdict(_, _, .allowed): .forwarded
    case .policyVerdict(_, _, .denied): .dropped
    case .policyVerdict(_, _, .audited): .audit
    case .socket(.beforeForward), .socket(.beforeReverse): .traced
    case .socket(.afterForward), .socket(.afterReverse): .translated
    }
  }

  /// The transport protocol's name, lower case, as filters name it.
  var protocolName: String {
    switch event.summary {
    case .tcp, .socket(.tcp): "tcp"
    case .udp, .socket(.udp): "udp"
    case .socket(.sctp): "sctp"
    case .icmp: "icmpv4"
    }
  }
}

/// What a node's Hubble knows of addresses and identities.
struct FlowNames: Sendable {
  private let identities: IdentityNames
  private let workloads: [PodID: String]

  init(in lab: RunningLab) {
    workloads = Dictionary(
      lab.snapshot.pods.map { ($0.pod, $0.workload) }, uniquingKeysWith: { first, _ in first })
    let agent = lab.snapshot.agents.first.flatMap { AgentView(of: $0.node, in: lab) }
    identities = IdentityNames(agent?.identities ?? [])
  }

  func end(_ end: FlowEvent.End) -> HubbleFlow.End {
    HubbleFlow.End(
      address: end.address, port: end.port, identity: end.identity,
      labels: identities[end.identity], pod: end.pod, workload: end.pod.flatMap { workloads[$0] })
  }
}
