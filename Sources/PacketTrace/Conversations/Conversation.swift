import ControlPlane
import NetModel

/// A first packet with its answer, and what the two ends send each other behind it.
///
/// Every packet is walked through a snapshot of its own; what the nodes remember of the connection goes along.
package struct Conversation: Sendable {
  package let flow: Flow
  /// The first packet's way, and what came back.
  package let opening: Path
  let request: Journey

  init(flow: Flow, opening: Path, request: Journey) {
    self.flow = flow
    self.opening = opening
    self.request = request
  }

  /// The stack that took the first packet in; `nil` where none did.
  package var server: StackID? {
    opening.outcome.disposition == .delivered ? request.place : nil
  }

  /// The first packet as it came to its end: who is asking, and from which port, as the server sees it.
  package var asked: Packet { request.packet }

  /// What the sender of the first packet got back; `nil` where nothing came.
  package var answer: Packet? {
    guard let reply = opening.reply, reply.outcome.disposition == .delivered else { return nil }
    return reply.hops.last?.steps.last?.after
  }

  /// The first packet as its program's stack sent it; `nil` where it never left the program.
  package var sent: Packet? {
    opening.hops.first?.steps.first { $0.hook == .routeOutput }?.after.unframed
  }

  /// Walks a further packet: the first one's headers, or those of its answer, with what `change` makes of them.
  ///
  /// `nil` where the first packet never came to its end, so that there is nobody to talk to.
  package func carry(
    isReply: Bool, in snapshot: Snapshot, _ change: (inout Packet) -> Void
  ) -> Path? {
    guard let server, var packet = isReply ? answerOfServer : sent else { return nil }
    change(&packet)
    var connection = request.connection
    connection.isReply = isReply
    connection.isEstablished = true
    connection.wantedBackend = opening.backend
    var journey = Journey(packet: packet, connection: connection, place: isReply ? server : flow.origin)
    journey.followsHash = true
    var tracer = Tracer(snapshot: snapshot, journey: journey)
    let outcome = tracer.run()
    return Path(backend: opening.backend, hops: tracer.journey.hops, outcome: outcome)
  }

  private var answerOfServer: Packet? { request.answer }
}

extension Snapshot {
  /// Sends one packet the one way that it takes, and its answer back.
  ///
  /// A Service's backend is drawn by the source port, unless the flow names one; among equal-cost routes the
  /// kernel's hash chooses.
  ///
  /// - Parameter affinities: the backends that nodes keep for clients.
  package func send(_ flow: Flow, affinities: [ServiceAffinity] = []) -> Conversation {
    var connection = Connection(origin: flow.origin)
    connection.affinities = affinities
    connection.wantedBackend = flow.backend
    connection.device = flow.choices.device
    connection.datagramAnswer = flow.choices.answer
    var journey = Journey(packet: FirstPacket.make(flow), connection: connection, place: flow.origin)
    journey.followsHash = true
    var tracer = Tracer(snapshot: self, journey: journey)
    let outcome = tracer.run()
    var path = Path(
      backend: tracer.journey.connection.backend, hops: tracer.journey.hops, outcome: outcome)
    path.reply = reply(after: tracer.journey)
    return Conversation(flow: flow, opening: path, request: tracer.journey)
  }
}
