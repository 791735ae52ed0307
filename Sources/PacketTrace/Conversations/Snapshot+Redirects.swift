import ControlPlane
import NetModel

extension Snapshot {
  /// The way of the message that a router sends beside a packet; `nil` for all other steps.
  package func redirect(of step: Step) -> Path.Reply? {
    guard case .redirect(let notice) = step.evidence,
      let packet = FirstPacket.error(
        .redirect(gateway: notice.gateway), about: step.after, from: notice.router)
    else { return nil }
    var connection = Connection(origin: step.stack)
    connection.isReply = true
    var journey = Journey(packet: packet, connection: connection, place: step.stack)
    journey.followsHash = true
    var tracer = Tracer(snapshot: self, journey: journey)
    let outcome = tracer.run()
    return Path.Reply(hops: tracer.journey.hops, outcome: outcome)
  }
}

extension Path {
  /// The path with those redirects alone that `admit` lets routers send.
  package func keepingRedirects(_ admit: (RedirectNotice, NodeID) -> Bool) -> Path {
    var path = self
    path.hops = hops.keepingRedirects(admit)
    if let reply { path.reply = Reply(hops: reply.hops.keepingRedirects(admit), outcome: reply.outcome) }
    return path
  }
}

extension Conversation {
  /// The conversation with those redirects alone that `admit` lets routers send.
  package func keepingRedirects(_ admit: (RedirectNotice, NodeID) -> Bool) -> Conversation {
    Conversation(flow: flow, opening: opening.keepingRedirects(admit), request: request)
  }
}

extension [Hop] {
  fileprivate func keepingRedirects(_ admit: (RedirectNotice, NodeID) -> Bool) -> [Hop] {
    map { hop in
      var kept = hop
      kept.steps = hop.steps.filter { step in
        guard case .redirect(let notice) = step.evidence else { return true }
        return admit(notice, hop.node)
      }
      return kept
    }
  }
}
