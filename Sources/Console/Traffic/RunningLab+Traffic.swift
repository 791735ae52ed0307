import ControlPlane
import NetModel
import PacketTrace

/// A packet that was sent, with what came of it.
package struct Exchange: Sendable {
  package var conversation: Conversation
  /// From the packet's departure to the answer's arrival, or to its end where nothing came back.
  package var duration: Duration
  /// What routers on the way told the sender of better next hops.
  package var redirects: [Packet] = []

  package var path: Path { conversation.opening }
  /// What the sender got back; `nil` where nothing came.
  package var answer: Packet? { conversation.answer }
}

extension RunningLab {
  /// Sends a flow's packet, `after` so long: watchers see it, kernels learn from it.
  package mutating func send(_ flow: Flow, after delay: Duration = .zero) -> Exchange {
    ageNeighbors()
    var flow = flow
    if flow.choices.draw == nil { flow.choices.draw = draw() }
    let sent = snapshot.send(flow, affinities: traffic.connections.affinities(at: now + delay))
    let conversation = sent.keepingRedirects { traffic.redirects.admit($0, by: $1, at: now + delay) }
    let duration = record(conversation.opening, of: flow, after: delay)
    learn(from: conversation.opening)
    var exchange = Exchange(conversation: conversation, duration: duration)
    exchange.redirects = redirects(of: conversation.opening, to: flow.origin)
    learnSize(from: exchange, by: flow.origin)
    return exchange
  }

  private func redirects(of path: Path, to sender: StackID) -> [Packet] {
    let ways = path.hops.flatMap(\.steps).compactMap { snapshot.redirect(of: $0) }
    return ways.compactMap { way in
      guard way.outcome.disposition == .delivered, let last = way.hops.last?.steps.last, last.stack == sender
      else { return nil }
      return last.after
    }
  }

  /// Sends a further packet of a conversation, `after` so long; its path and how long it took, `nil` where
  /// nobody is there to talk to.
  mutating func carry(
    _ conversation: Conversation, isReply: Bool, after delay: Duration, _ change: (inout Packet) -> Void
  ) -> (path: Path, duration: Duration)? {
    guard let way = conversation.carry(isReply: isReply, in: snapshot, change) else { return nil }
    let path = way.keepingRedirects { traffic.redirects.admit($0, by: $1, at: now + delay) }
    let duration = record(path, of: conversation.flow, isReply: isReply, after: delay)
    learn(from: path)
    return (path, duration)
  }

  /// A number that nobody in the lab could foresee.
  mutating func draw() -> UInt64 {
    traffic.draw(seed: network?.seed ?? 1)
  }

  /// A port of Linux's default range for outgoing connections, net.ipv4.ip_local_port_range.
  mutating func drawPort() -> UInt16 {
    UInt16(32768 + draw() % 28232)
  }

  /// Nodes that answer for an address from now on say so.
  mutating func hearAnnouncements(since former: Snapshot) {
    for announcement in snapshot.announcements(since: former) {
      _ = traffic.record(announcement.captures(in: snapshot), at: now, pace: Latency(draw: 0))
    }
  }

  private mutating func record(
    _ path: Path, of flow: Flow, isReply: Bool = false, after delay: Duration = .zero
  ) -> Duration {
    let pace = Latency(draw: draw())
    return traffic.record(
      path, of: flow, isReply: isReply, in: snapshot, at: now + delay, pace: pace)
  }

  /// Asks for an address by ARP, past the kernel's own table; each answer with the time that it took, `nil` where
  /// the interface cannot ask.
  ///
  /// The kernel takes a new MAC down for an address that it knows; it makes no new entry of an answer that it did
  /// not ask for.
  ///
  /// Source: Linux `net/ipv4/arp.c`, `arp_process`.
  mutating func askByARP(
    _ address: IPv4Address, by asker: InterfaceID, as sender: IPv4Address?
  ) -> [(mac: MACAddress, duration: Duration)]? {
    guard let exchange = snapshot.askByARP(address, by: asker, as: sender) else { return nil }
    var answers: [(mac: MACAddress, duration: Duration)] = []
    let captured = exchange.captures(in: snapshot)
    _ = traffic.record(captured, at: now, pace: Latency(draw: draw()))
    for answer in exchange.answers {
      let mac = answer.reply.senderMAC
      answers.append((mac, .microseconds(380) * Int(900 + draw() % 201) / 1000))
      let known = snapshot.stack(asker.stack)?.neighbor(address, on: asker.name)
      guard let known, known.mac != mac, known.state != .permanent else { continue }
      learn([
        LearnedNeighbor(
          Neighbor(address: address, interface: asker.name, mac: mac, state: .reachable), on: asker.stack)
      ])
    }
    return answers
  }
}
