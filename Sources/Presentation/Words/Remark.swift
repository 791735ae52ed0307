import ControlPlane
import NetModel
import PacketTrace

/// What is worth knowing about a step beyond its answer.
package enum Remark: Hashable, Sendable, CaseIterable {
  case translatedBeforeSending
  case bpfAnswersARP
  case podKnowsOnlyItsGateway
  case routeLimitsSegments
  case policyDefaultsToOpen
  case selectionDeniesTheRest
  case denyBeatsAllow
  case hostReachesItsPods
  case substituteBringsAnswerBack
  case podReachesItself
  case nativeNeedsRoutes
  case tunnelHidesPods
  case withoutEndpointNoTunnel
  case encapsulationKeepsTTL
  case keyIsIdentity
  case redirectSkipsHostStack
  case deliveryLowersTTL
  case onlyOuterTTL
  case defaultRouteTakesTheUnknown
  case podKeepsItsAddress
  case outsideSeesTheNode
  case peerSkipsHostSide
  case closedPortIsDelivered
  case bpfDropsInSilence
  case nobodyTellsTheSender

  /// The remark on a step; `nil` where the answer says all.
  package init?(_ step: Step) {
    let remark: Remark? =
      switch step.evidence {
      case .service(let lookup): Remark(lookup, step.kind)
      case .neighbor(let evidence): Remark(evidence)
      case .route(let lookup): Remark(lookup, in: step.stack)
      case .policy(let verdict): Remark(verdict)
      case .tunnel(let decision): Remark(decision, step.kind)
      case .tunnelKey: .keyIsIdentity
      case .hopLimit: Remark(hopLimitOf: step)
      case .translation(let translation): Remark(translation)
      case .masquerade(let decision): Remark(decision)
      case .delivery(.redirectPeer): .peerSkipsHostSide
      case .acceptance(.closedPort): .closedPortIsDelivered
      case .transmission: step.kind == .leaveNetwork ? .nobodyTellsTheSender : nil
      case .ending(.ttlExceeded): step.hook.isBPF ? .bpfDropsInSilence : nil
      case .call, .source, .size, .redirect, .identity, .conntrack, .endpoint, .reverse, .directReturn,
        .delivery, .acceptance, .ending:
        nil
      }
    guard let remark else { return nil }
    self = remark
  }

  private init?(_ verdict: PolicyVerdict) {
    switch verdict.decision {
    case .notEnforced: self = .policyDefaultsToOpen
    case .denied: self = .selectionDeniesTheRest
    case .deniedByDenylist: self = .denyBeatsAllow
    case .allowed where verdict.lookup?.winner?.origins == [.allowsLocalhost]: self = .hostReachesItsPods
    case .allowed, .audited, .replyPasses, .undecided: return nil
    }
  }

  private init?(_ lookup: ServiceLookup, _ kind: Step.Kind) {
    guard case .backend = lookup.answer, kind == .socketTranslation else { return nil }
    self = .translatedBeforeSending
  }

  private init?(_ evidence: NeighborEvidence) {
    guard case .resolved(_, _, .bpf) = evidence.answer else { return nil }
    self = .bpfAnswersARP
  }

  private init?(_ lookup: RouteLookup, in stack: StackID) {
    guard case .unicast(let selection) = lookup.result, let route = selection.route else { return nil }
    switch stack {
    case .pod:
      self = (route.mtu ?? ethernetMTU) < ethernetMTU ? .routeLimitsSegments : .podKnowsOnlyItsGateway
    case .host where route.destination.length == 0: self = .defaultRouteTakesTheUnknown
    case .host: return nil
    }
  }

  private init?(_ decision: TunnelDecision, _ kind: Step.Kind) {
    switch decision.answer {
    case .encapsulate: self = kind == .encapsulation ? .encapsulationKeepsTTL : .tunnelHidesPods
    case .nativeMode: self = .nativeNeedsRoutes
    case .noTunnelEndpoint: self = .withoutEndpointNoTunnel
    case .skipped: return nil
    }
  }

  private init?(hopLimitOf step: Step) {
    if step.kind == .localDelivery {
      self = .deliveryLowersTTL
    } else if step.before.isEncapsulated {
      self = .onlyOuterTTL
    } else if step.hook == .fromContainer {
      self = .redirectSkipsHostStack
    } else {
      return nil
    }
  }

  private init?(_ translation: ServiceTranslation) {
    guard translation.substitute != nil else { return nil }
    self = .podReachesItself
  }

  private init?(_ decision: MasqueradeDecision) {
    switch decision.answer {
    case .insideNativeCIDR: self = .podKeepsItsAddress
    case .translate: self = .outsideSeesTheNode
    case .standsInForClient: self = .substituteBringsAnswerBack
    default: return nil
    }
  }
}

/// Bytes of the largest IP packet in an Ethernet frame (IEEE 802.3).
private let ethernetMTU = 1500

extension Step.Hook {
  /// A BPF program of Cilium's, not a stage of the kernel's own.
  package var isBPF: Bool { rawValue.hasPrefix("cil_") || self == .arpResponder }
}
