import Console
import ControlPlane
import NetModel
import PacketTrace

extension Evidence {
  /// What was found, as codes and values; `result` is always there.
  var answer: JSONValue {
    switch self {
    case .call(let stack): result("sent", ["by": .text(stack)])
    case .route(let lookup): lookup.answer
    case .neighbor(let evidence): evidence.json
    case .source(let check):
      result(check.source == check.expected ? "own" : "other", ["expected": .text(check.expected)])
    case .identity(let lookup): result("identity", ["identity": .number(lookup.identity.number)])
    case .tunnelKey(let identity): result("identity", ["identity": .number(identity.number)])
    case .conntrack(let state): result(state.rawValue)
    case .policy(let verdict): verdict.json
    case .service(let lookup): lookup.json
    case .translation(let translation): translation.json
    case .directReturn(let told):
      result(
        "answers-directly",
        [
          "frontend": .string(told.frontend.text), "client": .string(told.client.text),
          "dispatch": .string(told.dispatch.rawValue),
        ])
    case .endpoint(let lookup): lookup.json
    case .tunnel(let decision): decision.answer.json
    case .masquerade(let decision): decision.answer.json
    case .reverse(let translation):
      result("restored", ["from": .text(translation.from.text), "to": .text(translation.to.text)])
    case .hopLimit(let limit):
      result(
        limit.after == nil ? "exceeded" : "lowered",
        ["before": .number(limit.before), "after": .number(limit.after)])
    case .size(let check): check.json
    case .redirect(let notice):
      result("redirect-sent", ["to": .text(notice.sender), "gateway": .text(notice.gateway)])
    case .delivery(let delivery): delivery.json
    case .transmission(let transmission): transmission.json
    case .acceptance(let acceptance): acceptance.json
    case .ending(let reason): result(reason.rawValue)
    }
  }
}

func result(_ code: String, _ members: KeyValuePairs<String, JSONValue> = [:]) -> JSONValue {
  JSONValue.members(["result": .string(code)]).merging(.members(members))
}

extension RouteLookup {
  fileprivate var answer: JSONValue {
    switch self.result {
    case .unicast(let selection): selection.json("unicast")
    case .local(let selection): selection.json("local")
    case .broadcast(let selection): selection.json("broadcast")
    case .multicast(let selection): selection.json("multicast")
    case .failed(let error): Presentation.result("failed", ["error": .string(error.errno)])
    }
  }
}

extension RouteLookup.Selection {
  fileprivate func json(_ code: String) -> JSONValue {
    result(
      code,
      [
        "table": .text(table), "interface": .string(interface), "gateway": .text(gateway),
        "preferredSource": .text(preferredSource),
      ])
  }
}

extension NeighborEvidence {
  fileprivate var json: JSONValue {
    switch answer {
    case .known(let mac): result("known", ["mac": .text(mac)])
    case .resolved(_, let reply, let responder):
      result("resolved", ["mac": .text(reply.senderMAC), "by": responder.json]).merging(otherAnswers)
    case .unanswered: result("unanswered")
    case .notNeeded(let mac): result("not-needed", ["mac": .text(mac)])
    }
  }
}

extension NeighborEvidence {
  private var otherAnswers: JSONValue {
    guard !rivals.isEmpty else { return .members([:]) }
    let answers = rivals.map { rival -> JSONValue in
      .members(["mac": .text(rival.reply.senderMAC), "by": rival.responder.json])
    }
    return .members(["otherAnswers": .array(answers)])
  }
}

extension NeighborEvidence.Responder {
  fileprivate var json: JSONValue {
    switch self {
    case .owner(let interface): .text(interface)
    case .bpf(let interface): .string("\(interface) (BPF)")
    case .announcer(let interface): .string("\(interface) (L2 announcement)")
    case .speaker(let interface): .string("\(interface) (MetalLB speaker)")
    case .outside(let wire): .text(wire)
    }
  }
}

extension ServiceLookup {
  fileprivate var json: JSONValue {
    switch answer {
    case .miss: result("miss")
    case .backend(let backend, let slot, let entry):
      result(
        "backend",
        [
          "service": .text(entry.service), "slot": .number(slot),
          "backend": .string("\(backend.address):\(backend.port)"),
        ]
      ).merging(isKept ? .members(["affinity": .bool(true)]) : .members([:])).merging(
        maglev?.json ?? .members([:]))
    case .noBackend(let entry): result("no-backend", ["service": .text(entry.service)])
    }
  }
}

extension ServiceLookup.MaglevChoice {
  fileprivate var json: JSONValue {
    .members([
      "maglev": .members([
        "hash": .number(hash), "slot": .number(slot), "size": .number(size),
        "backend": .string("\(backend.address):\(backend.port)"),
      ])
    ])
  }
}

extension ServiceTranslation {
  fileprivate var json: JSONValue {
    result(
      "translated",
      [
        "frontend": .string(frontend.text), "backend": .string(backend.text), "client": .string(client.text),
        "substitute": .text(substitute?.text),
      ]
    ).merging(dispatch.map { .members(["dispatch": .string($0.rawValue)]) } ?? .members([:]))
  }
}

extension EndpointLookup {
  fileprivate var json: JSONValue {
    switch answer?.kind {
    case .pod(let endpoint): result("pod", ["pod": .text(endpoint.pod)])
    case .host: result("host")
    case nil: result("not-local")
    }
  }
}

extension TunnelDecision.Answer {
  fileprivate var json: JSONValue {
    switch self {
    case .encapsulate(let remote, let vni, let tunnel):
      result(
        "encapsulate",
        ["to": .text(remote), "vni": .number(vni), "protocol": .string(tunnel.rawValue)])
    case .nativeMode: result("native-mode")
    case .noTunnelEndpoint: result("no-tunnel-endpoint")
    case .skipped: result("skipped")
    }
  }
}

extension MasqueradeDecision.Answer {
  fileprivate var json: JSONValue {
    switch self {
    case .translate(let address): result("translate", ["to": .text(address)])
    case .standsInForClient(let client, let substitute):
      result(
        "stands-in-for-client", ["client": .string(client.text), "substitute": .string(substitute.text)])
    case .sourceIsNode: result("source-is-node")
    case .reply: result("reply")
    case .insideNativeCIDR(let prefix): result("inside-native-cidr", ["prefix": .text(prefix)])
    case .sourceIsHost: result("source-is-host")
    case .destinationIsRemoteNode: result("destination-is-remote-node")
    case .notALocalPod: result("not-a-local-pod")
    case .encapsulated: result("encapsulated")
    case .disabled: result("disabled")
    }
  }
}

extension SizeCheck {
  fileprivate var json: JSONValue {
    let numbers: KeyValuePairs<String, JSONValue> = ["length": .number(length), "limit": .number(limit)]
    switch answer {
    case .fragmented(let pieces):
      return result("fragmented", ["pieces": .number(pieces)]).merging(.members(numbers))
    case .mayNotFragment: return result("may-not-fragment", numbers)
    }
  }
}

extension Delivery {
  fileprivate var json: JSONValue {
    switch self {
    case .redirectPeer(let interface): result("redirect-peer", ["interface": .text(interface)])
    case .redirect(let interface): result("redirect", ["interface": .text(interface)])
    case .stack(let node): result("stack", ["node": .text(node)])
    }
  }
}

extension Transmission {
  fileprivate var json: JSONValue {
    result(
      receivers.isEmpty ? "nobody-in-model" : "received",
      [
        "from": .text(from), "wire": .text(wire), "receivers": .array(receivers.map { .text($0) }),
      ])
  }
}

extension Acceptance {
  fileprivate var json: JSONValue {
    switch self {
    case .listener(let listener): result("listener", listener.members)
    case .echo: result("echo")
    case .waitingSocket: result("waiting-socket")
    case .closedPort(let listener): result("closed-port", listener.members)
    }
  }
}

extension Listener {
  fileprivate var members: KeyValuePairs<String, JSONValue> {
    ["proto": .string(transport.json), "port": .number(port)]
  }
}
