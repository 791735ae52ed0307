import Console
import ControlPlane
import NetModel
import PacketTrace

extension PolicyVerdict {
  /// The decision; where the endpoint's map was asked, what it was asked for and which rules decided.
  var json: JSONValue {
    let base = result(
      decision.code,
      ["direction": .string(direction.rawValue), "peer": .number(peer.number)])
    return lookup.map { base.merging($0.json) } ?? base
  }
}

extension PolicyVerdict.Decision {
  fileprivate var code: String {
    switch self {
    case .notEnforced: "not-enforced"
    case .replyPasses: "reply-passes"
    case .allowed: "allowed"
    case .denied: "denied"
    case .deniedByDenylist: "denied-by-denylist"
    case .audited: "audited"
    case .undecided: "undecided"
    }
  }
}

extension PolicyLookup {
  fileprivate var json: JSONValue {
    .members([
      "endpoint": .number(endpoint), "proto": .string(`protocol`.name.lowercased()), "port": .number(port),
      "match": .string(matchType.rawValue),
      "rules": .array((winner?.origins ?? []).map { .text($0) }),
      "notModelled": .array(unmodelled.map(\.json)),
    ])
  }
}

extension PolicyMap.UnmodelledRule {
  fileprivate var json: JSONValue {
    .members(["rule": .text(id), "section": .string(section.rawValue)])
  }
}

extension PolicyMap.Entry {
  func json(ofEndpoint endpoint: Int) -> JSONValue {
    .members([
      "endpoint": .number(endpoint), "action": .string(isDeny ? "deny" : "allow"),
      "direction": .string(key.direction.rawValue), "identity": .number(key.identity.number),
      "ports": .text(key.l4), "prefixLength": .number(key.l4.prefixLength),
      "rules": .array(origins.map { .text($0) }),
    ])
  }
}
