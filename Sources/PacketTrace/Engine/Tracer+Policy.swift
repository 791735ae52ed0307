import ControlPlane
import NetModel

extension Tracer {
  /// Network policy for a pod's packet; false where the packet has come to its end.
  ///
  /// Answers and errors pass; of the rest each direction asks the pod's own map. Nobody tells the sender of a
  /// denial.
  ///
  /// - Parameter peer: who is at the other end, as the node knows it.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`, `bpf/lib/policy.h`.
  mutating func admits(
    _ direction: TrafficDirection, of endpoint: LocalEndpoint.PodEndpoint, peer: SecurityIdentity,
    _ hook: Step.Hook
  ) -> Bool {
    let verdict = verdict(direction, of: endpoint, peer: peer)
    let device = endpoint.interface
    journey.record(.policyVerdict, hook, on: device, .policy(verdict), by: verdict.decision.rule)
    switch verdict.decision {
    case .notEnforced, .replyPasses, .allowed, .audited: return true
    case .denied:
      _ = journey.end(
        .denied, .policyDenied, hook, on: device, code: DropCode.policyDenied, by: .policyDefaultDeny)
    case .deniedByDenylist:
      _ = journey.end(
        .denied, .policyDeniedByDenylist, hook, on: device, code: DropCode.policyDeniedByDenylist,
        by: .policyDenylist)
    case .undecided:
      _ = journey.end(.undecided, .notModelled, hook, on: device, by: .limitOfTheModel)
    }
    return false
  }

  private func verdict(
    _ direction: TrafficDirection, of endpoint: LocalEndpoint.PodEndpoint, peer: SecurityIdentity
  ) -> PolicyVerdict {
    guard !journey.isReply else {
      return PolicyVerdict(direction: direction, peer: peer, decision: .replyPasses)
    }
    let map = datapath?.policyMap(ofEndpoint: endpoint.id)
    guard let map, let asked = journey.packet.policyKey else {
      return PolicyVerdict(direction: direction, peer: peer, decision: .notEnforced)
    }
    let lookup = map.lookup(direction, peer: peer, protocol: asked.protocol, port: asked.port)
    let isEnforced = map.enforces(direction)
    let isAudited = datapath?.settings.policyAuditMode == true
    return PolicyVerdict(
      direction: direction, peer: peer,
      decision: isEnforced ? PolicyVerdict.Decision(lookup.answer, isAudited: isAudited) : .notEnforced,
      lookup: isEnforced ? lookup : nil)
  }
}

extension Packet {
  /// What policy goes by: the destination port, or an ICMP message's type; `nil` for other packets.
  fileprivate var policyKey: (protocol: PolicyProtocol, port: UInt16)? {
    if let icmp { return (.icmp, UInt16(icmp.message.type)) }
    guard let transport, let ports else { return nil }
    return (PolicyProtocol(transport), ports.destination)
  }
}

extension PolicyVerdict.Decision {
  fileprivate init(_ answer: PolicyLookup.Answer, isAudited: Bool) {
    self =
      switch answer {
      case .allowed: .allowed
      case .denied where isAudited, .deniedByDenylist where isAudited: .audited
      case .denied: .denied
      case .deniedByDenylist: .deniedByDenylist
      case .undecided: .undecided
      }
  }

  fileprivate var rule: Rule {
    switch self {
    case .notEnforced: .policyNotEnforced
    case .replyPasses: .policyPassesReplies
    case .allowed: .policyAllow
    case .denied: .policyDefaultDeny
    case .deniedByDenylist: .policyDenylist
    case .audited: .policyAudit
    case .undecided: .limitOfTheModel
    }
  }
}
