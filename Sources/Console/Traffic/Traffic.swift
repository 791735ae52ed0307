import ControlPlane
import NetModel
import PacketTrace

/// What was sent in a lab lately, for those who watch.
package struct Traffic: Sendable {
  /// Packets as interfaces saw them: what tcpdump follows.
  package private(set) var packets = Backlog<SeenPacket>(limit: 8192)
  /// Flow events as agents reported them: what `hubble observe` follows.
  ///
  /// An agent's ring buffer holds 4095 events (Cilium `pkg/hubble/defaults`).
  package private(set) var events = Backlog<SeenFlow>(limit: 4096)
  /// What agents track of the connections that were made.
  package private(set) var connections = ConnectionTables()
  /// What interfaces have sent and received.
  package private(set) var counters = InterfaceCounters()
  var pathMTUs = PathMTUs()
  var redirects = RedirectLimits()
  var ages = NeighborAges()
  private var reports = FlowReports()
  /// How many things were drawn.
  private var draws: UInt64 = 0

  /// One sight of a packet.
  package struct SeenPacket: Sendable {
    package var time: Instant
    package var seen: CapturedPacket
  }

  /// One event of an agent.
  package struct SeenFlow: Sendable {
    package var time: Instant
    package var event: FlowEvent
  }

  /// A number that nobody could foresee: the seed's next one.
  mutating func draw(seed: UInt64) -> UInt64 {
    draws += 1
    var draw = Draw(seed: seed &+ draws, for: "traffic")
    return draw.next()
  }

  /// Takes down what interfaces and agents saw of a packet and its answer; how long they were on their way.
  mutating func record(
    _ path: Path, of flow: Flow, isReply: Bool = false, in snapshot: Snapshot, at start: Instant,
    pace: Latency
  ) -> Duration {
    let walk = Walk(flow: flow, revision: snapshot.revision, paths: [path])
    let duration = record(walk.captures(in: snapshot), at: start, pace: pace)
    let found = isReply ? path.asReply.flowEvents(in: snapshot) : path.flowEvents(in: snapshot)
    for (index, event) in found.enumerated() {
      let time = start + duration * index / max(found.count, 1)
      guard reports.admit(event, at: time) else { continue }
      events.append(SeenFlow(time: time, event: event))
    }
    connections.track(path, isReply: isReply, at: start, in: snapshot)
    return duration
  }

  /// Takes down what interfaces saw; how long it took.
  mutating func record(_ captured: [CapturedPacket], at start: Instant, pace: Latency) -> Duration {
    let timed = pace.timed(captured)
    for (seen, offset) in timed.packets {
      packets.append(SeenPacket(time: start + offset, seen: seen))
      counters.count(seen)
    }
    return timed.duration
  }
}

extension Path {
  /// The same way, as that of an answer: observers tell the two apart.
  fileprivate var asReply: Path {
    Path(
      backend: backend, branch: branch, hops: [], outcome: outcome,
      reply: Reply(hops: hops, outcome: outcome))
  }
}
