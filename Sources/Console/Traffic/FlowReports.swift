import NetModel
import PacketTrace

/// Which of the trace events agents report, at aggregation `medium` with an interval of 5 s.
///
/// Source: Cilium `bpf/lib/conntrack.h`, `__ct_update_timeout`; `bpf/lib/trace.h`, `emit_trace_notify`.
struct FlowReports: Sendable {
  private var latest: [Key: Report] = [:]

  private static let interval = Duration.seconds(5)
  /// Connections that are remembered before the silent ones are forgotten.
  private static let limit = 4096

  private struct Key: Hashable {
    let node: NodeID
    let point: FlowEvent.ObservationPoint
    let source: FlowEvent.End
    let destination: FlowEvent.End
  }

  private struct Report {
    var flags: TCPHeader.Flags
    var time: Instant
  }

  /// True where the event is shown: anything but a trace; a connection's first packet; a TCP flag that was not
  /// seen in that direction; an end; or 5 s of silence.
  mutating func admit(_ event: FlowEvent, at time: Instant) -> Bool {
    guard case .trace(let point) = event.kind, !event.isUntracked(at: point) else { return true }
    let key = Key(node: event.node, point: point, source: event.source, destination: event.destination)
    let flags = event.flags
    var report = latest[key] ?? Report(flags: [], time: time)
    let isNew = latest[key] == nil || flags == .syn
    let isShown =
      isNew || !flags.isSubset(of: report.flags) || !flags.isDisjoint(with: [.fin, .rst])
      || time - report.time >= FlowReports.interval
    guard isShown else { return false }
    if isNew { report.flags = [] }
    report.flags.formUnion(flags)
    report.time = time
    if latest.count >= FlowReports.limit {
      latest = latest.filter { time - $0.value.time < FlowReports.interval }
    }
    if latest.count >= FlowReports.limit { latest = [:] }
    latest[key] = report
    return true
  }
}

extension FlowEvent {
  fileprivate var flags: TCPHeader.Flags {
    if case .tcp(let flags) = summary { flags } else { [] }
  }

  /// What a load balancer passes on into a tunnel is reported packet by packet.
  fileprivate func isUntracked(at point: ObservationPoint) -> Bool {
    point == .toOverlay && source.identity == .world
  }
}
