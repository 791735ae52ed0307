import ControlPlane
import NetModel
import PacketTrace

extension InspectorWords {
  private func say(_ english: String, _ korean: String) -> String {
    language == .korean ? korean : english
  }

  /// The cells that the longest short name takes, in every language.
  package var shortWidth: Int { 9 }

  /// What kind of step it is, in one word.
  package func short(_ kind: Step.Kind) -> String {
    switch kind {
    case .send: say("send", "송신")
    case .socketTranslation: say("socket LB", "소켓 LB")
    case .routeLookup: say("route", "경로")
    case .neighborLookup: say("neighbor", "이웃")
    case .sourceCheck: say("source", "출발지")
    case .identityLookup: say("identity", "ID")
    case .conntrackLookup: say("conntrack", "연결 추적")
    case .policyVerdict: say("policy", "정책")
    case .serviceLookup: say("service", "서비스")
    case .serviceTranslation: "DNAT"
    case .directReturn: "DSR"
    case .endpointLookup: say("endpoint", "끝점")
    case .tunnelDecision: say("tunnel?", "터널?")
    case .encapsulation: "ENCAP"
    case .decapsulation: "DECAP"
    case .masquerade: "SNAT"
    case .reverseTranslation: say("rev. NAT", "역변환")
    case .sizeCheck: say("size", "크기")
    case .redirect: say("redirect", "우회 알림")
    case .forward: say("forward", "전달")
    case .localDelivery: say("deliver", "배달")
    case .hostDelivery: say("to host", "호스트로")
    case .transmit: say("wire", "회선")
    case .leaveNetwork: "EXIT"
    case .accept: "ACCEPT"
    case .drop: "DROP"
    }
  }

  /// The answer of a step in a few words.
  package func digest(_ step: Step) -> String {
    switch step.evidence {
    case .call: step.after.contentName
    case .route(let lookup): digest(lookup)
    case .neighbor(let evidence): digest(evidence)
    case .source(let check): check.source.description
    case .identity(let lookup): "\(lookup.identity.digest) = \(lookup.address)"
    case .tunnelKey(let identity): identity.digest
    case .conntrack(let state): state.rawValue
    case .policy(let verdict): digest(verdict)
    case .service(let lookup): digest(lookup)
    case .endpoint(let lookup): lookup.answer.map(digest) ?? notLocal
    case .tunnel(let decision): digest(decision)
    case .masquerade(let decision): digest(decision)
    case .reverse(let translation): "\(translation.to.address):\(translation.to.port)"
    case .translation(let translation): "> \(translation.backend.address):\(translation.backend.port)"
    case .directReturn(let told): "\(told.frontend.address):\(told.frontend.port)"
    case .size(let check):
      check.length > check.limit ? "\(check.length) > \(check.limit)" : "\(check.length) <= \(check.limit)"
    case .redirect(let notice): "> \(notice.gateway)"
    case .hopLimit(let limit): "ttl \(limit.before) > \(limit.after.map(String.init) ?? "0")"
    case .delivery(let delivery): digest(delivery)
    case .transmission(let transmission): digest(transmission)
    case .acceptance(let acceptance): digest(acceptance)
    case .ending(let reason): reason.rawValue
    }
  }

  private func digest(_ lookup: RouteLookup) -> String {
    switch lookup.result {
    case .unicast(let selection): digest(selection)
    case .local: thisHost
    case .broadcast, .multicast: lookup.query.destination.description
    case .failed(let error): error.errno
    }
  }

  private func digest(_ selection: RouteLookup.Selection) -> String {
    let mtu = selection.route?.mtu.map { " mtu \($0)" } ?? ""
    return "> \(selection.interface) \(selection.route?.destination.name ?? "-")\(mtu)"
  }

  private func digest(_ verdict: PolicyVerdict) -> String {
    switch verdict.decision {
    case .notEnforced, .replyPasses, .allowed, .audited: allowed
    case .denied, .deniedByDenylist: denied
    case .undecided: unknown
    }
  }

  private func digest(_ evidence: NeighborEvidence) -> String {
    switch evidence.answer {
    case .known(let mac), .notNeeded(let mac): mac.description
    case .resolved(_, let reply, _): reply.senderMAC.description
    case .unanswered: noAnswer
    }
  }

  private func digest(_ lookup: ServiceLookup) -> String {
    switch lookup.answer {
    case .miss: unchanged
    case .backend(let backend, let slot, _):
      "\(slot)/\(lookup.slotCount) \(backend.address):\(backend.port)"
    case .noBackend: noBackend
    }
  }

  private func digest(_ endpoint: LocalEndpoint) -> String {
    switch endpoint.kind {
    case .host: thisHost
    case .pod(let pod): pod.interface
    }
  }

  private func digest(_ decision: TunnelDecision) -> String {
    if case .encapsulate(let remote, _, _) = decision.answer { return "> \(remote)" }
    return noTunnel
  }

  private func digest(_ decision: MasqueradeDecision) -> String {
    switch decision.answer {
    case .translate(let address): return "> \(address)"
    case .standsInForClient(_, let substitute): return "> \(substitute.address):\(substitute.port)"
    default: return unchanged
    }
  }

  private func digest(_ delivery: Delivery) -> String {
    switch delivery {
    case .redirectPeer(let interface), .redirect(let interface): "> \(interface.name)"
    case .stack: thisHost
    }
  }

  private func digest(_ transmission: Transmission) -> String {
    guard let receiver = transmission.receivers.first else { return transmission.from.name }
    return "\(transmission.from.name) > \(receiver)"
  }

  private func digest(_ acceptance: Acceptance) -> String {
    switch acceptance {
    case .listener(let listener): ":\(listener.port)"
    case .echo: "echo"
    case .waitingSocket: "socket"
    case .closedPort(let listener): ":\(listener.port) \(closed)"
    }
  }
}

extension IPv4Prefix {
  /// `default` for the prefix that holds all addresses.
  fileprivate var name: String { length == 0 ? "default" : description }
}

extension SecurityIdentity {
  /// The reserved name, or the number.
  fileprivate var digest: String { reservedName ?? String(number) }
}

extension Packet {
  /// What is sent, in two words: `TCP SYN`, `UDP`, `ICMP`.
  package var contentName: String {
    switch headers.last {
    case .tcp(let header): "TCP \(header.flags.names.joined(separator: ","))"
    case .udp: "UDP"
    case .icmp: "ICMP"
    default: "IPv4"
    }
  }
}
