import ControlPlane
import NetModel

/// What an agent writes about L2 announcements; of all else that it logs the model knows nothing.
///
/// Source: Kubernetes `client-go/tools/leaderelection/leaderelection.go` for the elections; Cilium
/// `pkg/logging/logging.go`, `pkg/l2announcer/l2announcer.go`, `pkg/datapath/l2responder/l2responder.go`; the lines of
/// timers were recorded in the lab.
struct AgentLog: Sendable {
  private let agent: AgentView

  init?(of node: NodeID, in lab: RunningLab) {
    guard let agent = AgentView(of: node, in: lab) else { return nil }
    self.agent = agent
  }

  /// In order of time, from the agent's start on.
  func lines(since start: WallTime) -> [ContainerLog.Line] {
    (elections + timers(since: start)).filter { $0.time >= start }
      .enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  private var startTime: WallTime { agent.cluster.startTime }

  private var elections: [ContainerLog.Line] {
    agent.cluster.leaseElections.events.filter { $0.node == agent.node.id }.map { event in
      let lease = "\(Lease.namespace)/\(Lease.name(of: event.service))"
      let message =
        switch event.kind {
        case .sought: "attempting to acquire leader lease \(lease)..."
        case .acquired: "successfully acquired lease \(lease)"
        }
      return line(
        at: WallTime(event.instant, since: startTime), level: "info", source: nil, message, "subsys=klog")
    }
  }

  // MARK: Timers

  private static let minute: Int64 = 60_000_000_000
  /// A container's log is cut where it gets too long; assumed.
  private static let mostRounds: Int64 = 1440

  /// With debugging on, the sweep for leases without a holder and the responder's check of its map are told of.
  private func timers(since start: WallTime) -> [ContainerLog.Line] {
    guard agent.configured("debug") == "true", agent.agent.settings.l2Announcements else { return [] }
    let phase = LeaseElections.sweepPhase(of: agent.node.id, seed: agent.network.seed)
    let now = WallTime(agent.now, since: startTime)
    let first = (start.nanoseconds - startTime.nanoseconds - phase + Self.minute - 1) / Self.minute
    let last = (now.nanoseconds - startTime.nanoseconds - phase) / Self.minute
    guard now.nanoseconds >= startTime.nanoseconds + phase, first <= last else { return [] }
    return (max(first, last - Self.mostRounds)...last).flatMap { round in
      lines(ofRoundAt: startTime.nanoseconds + phase + round * Self.minute)
    }
  }

  private func lines(ofRoundAt nanoseconds: Int64) -> [ContainerLog.Line] {
    var draw = Draw(seed: agent.network.seed, for: "log", agent.node.id.name, String(nanoseconds))
    let jitter = Int64(draw.number(in: 100_000...900_000))
    let job = "vendor/github.com/cilium/hive/job/timer.go"
    let sweep =
      "module=agent.controlplane.l2-announcer name=l2-announcer-lease-gc "
      + "func=\"l2announcer.NewL2Announcer.func1 (pkg/l2announcer/l2announcer.go:131)\""
    let began = WallTime(nanoseconds: nanoseconds + jitter)
    return [
      line(at: began, level: "debug", source: "\(job):184", "Timer job triggered", sweep),
      line(
        at: WallTime(nanoseconds: nanoseconds + jitter * 3 / 2), level: "debug",
        source: "pkg/datapath/l2responder/l2responder.go:195", "l2 announcer table full reconciliation",
        "module=agent.datapath.l2-responder"),
      line(
        at: WallTime(nanoseconds: nanoseconds + jitter * 5), level: "debug", source: "\(job):200",
        "Timer job finished", sweep),
    ]
  }

  /// One line of Go's `slog.TextHandler`.
  private func line(
    at time: WallTime, level: String, source: String?, _ message: String, _ attributes: String
  ) -> ContainerLog.Line {
    let place = source.map { " source=/go/src/github.com/cilium/cilium/\($0)" } ?? ""
    return ContainerLog.Line(
      time: time,
      text:
        "time=\(HubbleTime.text(time, .rfc3339Nano)) level=\(level)\(place) msg=\"\(message)\" \(attributes)")
  }
}
