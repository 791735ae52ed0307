import ControlPlane
import NetModel
import PacketTrace

extension Phrasebook {
  /// The question of a step, in a sentence.
  package func question(_ step: Step) -> String {
    switch step.evidence {
    case .call(let stack): questionWhatIsSent(by: stack)
    case .route(let lookup): questionRoute(to: lookup.query.destination)
    case .neighbor(let evidence): questionNeighbor(evidence.address, on: visible(evidence.interface))
    case .source(let check): questionSource(check)
    case .identity(let lookup): questionIdentity(of: lookup.address, lookup.subject)
    case .tunnelKey: questionTunnelKey()
    case .conntrack: questionConntrack()
    case .policy(let verdict): questionPolicy(verdict.direction)
    case .service(let lookup): questionService(lookup.frontend)
    case .translation: questionTranslation()
    case .directReturn: questionDirectReturn()
    case .endpoint(let lookup): questionEndpoint(lookup.address)
    case .tunnel: step.kind == .encapsulation ? questionEncapsulation() : questionTunnel()
    case .masquerade: questionMasquerade()
    case .reverse: questionReverse()
    case .hopLimit: questionHopLimit()
    case .size: questionSize()
    case .redirect: questionRedirect()
    case .delivery: questionDelivery()
    case .transmission(let transmission):
      step.kind == .leaveNetwork ? questionExit() : questionTransmission(on: transmission.wire)
    case .acceptance: step.kind == .decapsulation ? questionDecapsulation() : questionAcceptance()
    case .ending: questionEnding()
    }
  }

  /// The answer of a step, in a sentence.
  package func answer(_ step: Step) -> String {
    switch step.evidence {
    case .call(let stack): sent(by: stack, step.after)
    case .route(let lookup): route(lookup, EvidenceTable(step))
    case .neighbor(let evidence): neighbor(evidence)
    case .source(let check): source(check)
    case .identity(let lookup): identity(lookup)
    case .tunnelKey(let identity): tunnelKey(identity)
    case .conntrack(let state): conntrack(state)
    case .policy(let verdict): policy(verdict)
    case .service(let lookup): service(lookup)
    case .translation(let translation): self.translation(translation)
    case .directReturn(let told): directReturn(told)
    case .endpoint(let lookup): endpoint(lookup)
    case .tunnel(let decision): tunnel(decision.answer, step)
    case .masquerade(let decision): masquerade(decision)
    case .reverse(let translation): reverse(translation)
    case .hopLimit(let limit): hopLimit(limit)
    case .size(let check): size(check)
    case .redirect(let notice): redirect(notice)
    case .delivery(let way): delivery(way)
    case .transmission(let transmission):
      step.kind == .leaveNetwork ? exit(transmission) : self.transmission(transmission)
    case .acceptance(let who): acceptance(who, step.kind)
    case .ending(let reason): sentence(self.reason(reason))
    }
  }

  /// The remark on a step; `nil` where the answer says all.
  package func remark(on step: Step) -> String? {
    Remark(step).map { remark($0) }
  }

  /// Why each entry of a step's table won or lost.
  package func why(_ candidate: EvidenceTable.Candidate, in step: Step) -> String {
    why(candidate.why, asked: step.subject)
  }

  /// What a step changed in the packet, a phrase each; empty where it changed nothing.
  package func changes(_ step: Step) -> [String] {
    let diff = PacketDiff(from: step.before, to: step.after)
    let headers = diff.headers.flatMap { header in
      switch header.change {
      case .added: [added(header.kind)]
      case .removed: [removed(header.kind)]
      case .kept(let fields):
        fields.filter { $0.name != .length }.map { changed($0, of: header.kind) }
      }
    }
    return headers + (diff.payloadLength.map { [payloadChanged(from: $0.before, to: $0.after)] } ?? [])
  }

  private func sent(by stack: StackID, _ packet: Packet) -> String {
    let address = packet.innerIP?.destination.description ?? "?"
    return switch packet.headers.last {
    case .tcp(let header):
      sent(
        by: stack, to: "\(address):\(header.destinationPort)",
        "TCP \(header.flags.names.joined(separator: ", "))")
    case .udp(let header): sent(by: stack, to: "\(address):\(header.destinationPort)", "UDP")
    case .icmp(let header): sent(by: stack, to: address, header.message.name)
    default: sent(by: stack, to: address, "IPv4")
    }
  }

  private func route(_ lookup: RouteLookup, _ table: EvidenceTable) -> String {
    let winner = table.winner.map { table.candidates[$0] }
    let entry = winner.map { visible($0.entry.text) }
    return switch lookup.result {
    case .unicast(let selection): routed(selection, entry: entry ?? "-", why: winner?.why)
    case .local: forThisHost(entry: entry)
    case .broadcast, .multicast: toSubnet(entry: entry)
    case .failed(let error): noRoute(error, to: lookup.query.destination)
    }
  }

  private func tunnel(_ answer: TunnelDecision.Answer, _ step: Step) -> String {
    guard step.kind == .encapsulation, case .encapsulate(_, _, let tunnel) = answer else {
      return self.tunnel(answer)
    }
    let packet = step.after
    return encapsulated(
      outer: packet.outerIP, port: packet.outerUDP?.destinationPort, vni: packet.vni, tunnel: tunnel.name)
  }

  private func acceptance(_ acceptance: Acceptance, _ kind: Step.Kind) -> String {
    if kind == .decapsulation, case .listener(let listener) = acceptance {
      decapsulated(port: listener.port)
    } else {
      self.acceptance(acceptance)
    }
  }

  /// A phrase as a sentence: with a capital letter and a full stop.
  private func sentence(_ phrase: String) -> String {
    phrase.prefix(1).uppercased() + phrase.dropFirst() + "."
  }
}

extension PolicyVerdict {
  /// Where the entry that decided comes from, or the rules that leave the answer open.
  package var decider: String {
    guard decision == .undecided else {
      return (lookup?.winner?.origins ?? []).map(\.description).joined(separator: ", ")
    }
    return (lookup?.unmodelled ?? []).map { "\($0.id): \($0.section.rawValue)" }.joined(separator: ", ")
  }
}

extension ServiceLookup {
  /// What was looked up.
  package var frontend: Frontend { Frontend(address: address, port: port, transport: transport) }
}

extension Step {
  /// What the consulted table was asked for, as it is written.
  fileprivate var subject: String {
    if case .tunnel = evidence { before.innerIP?.destination.description ?? "" } else { evidence.subject }
  }
}

extension Evidence {
  /// What the consulted table was asked for, as it is written; empty where no table was asked.
  package var subject: String {
    switch self {
    case .route(let lookup): lookup.query.destination.description
    case .neighbor(let evidence): evidence.address.description
    case .identity(let lookup): lookup.address.description
    case .service(let lookup): lookup.frontend.description
    case .endpoint(let lookup): lookup.address.description
    case .acceptance(.listener(let listener)), .acceptance(.closedPort(let listener)): listener.name
    case .call, .source, .tunnelKey, .tunnel, .conntrack, .policy, .masquerade, .reverse, .translation,
      .directReturn, .hopLimit, .size, .redirect, .delivery, .transmission, .acceptance, .ending:
      ""
    }
  }
}

extension Packet {
  /// The tunnel's UDP header; `nil` where there is no tunnel.
  package var outerUDP: UDPHeader? {
    guard let index = tunnelIndex, index > 0, case .udp(let header) = headers[index - 1] else { return nil }
    return header
  }
}

extension ICMPHeader.Message {
  /// The message's name in RFC 792.
  package var name: String {
    switch self {
    case .echoRequest: "ICMP echo request"
    case .echoReply: "ICMP echo reply"
    case .destinationUnreachable: "ICMP destination unreachable"
    case .timeExceeded: "ICMP time exceeded"
    case .redirect: "ICMP redirect"
    }
  }
}
