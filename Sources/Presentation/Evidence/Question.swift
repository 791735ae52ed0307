import PacketTrace

/// What a step asks; the raw value is the stable code that JSON carries.
package enum Question: String, Hashable, Sendable, CaseIterable {
  case whatIsSent = "what-is-sent"
  case whichRoute = "which-route"
  case whichNeighbor = "which-neighbor"
  case isSourceOwn = "is-source-own"
  case whichIdentity = "which-identity"
  case whichIdentityInTunnel = "which-identity-in-tunnel"
  case isConnectionKnown = "is-connection-known"
  case isAllowedByPolicy = "is-allowed-by-policy"
  case isService = "is-service"
  case howTranslated = "how-translated"
  case whomTheClientAsked = "whom-the-client-asked"
  case isEndpointLocal = "is-endpoint-local"
  case isTunnelNeeded = "is-tunnel-needed"
  case howEncapsulated = "how-encapsulated"
  case howDecapsulated = "how-decapsulated"
  case isSourceTranslated = "is-source-translated"
  case whichTranslationIsUndone = "which-translation-is-undone"
  case isHopLimitLeft = "is-hop-limit-left"
  case doesItFit = "does-it-fit"
  case isThereABetterWay = "is-there-a-better-way"
  case howHandedOver = "how-handed-over"
  case whoReceivesFrame = "who-receives-frame"
  case whereItLeaves = "where-it-leaves"
  case whoAccepts = "who-accepts"
  case whyItEnds = "why-it-ends"

  package init(_ step: Step) {
    self =
      switch step.evidence {
      case .call: .whatIsSent
      case .route: .whichRoute
      case .neighbor: .whichNeighbor
      case .source: .isSourceOwn
      case .identity: .whichIdentity
      case .tunnelKey: .whichIdentityInTunnel
      case .conntrack: .isConnectionKnown
      case .policy: .isAllowedByPolicy
      case .service: .isService
      case .translation: .howTranslated
      case .directReturn: .whomTheClientAsked
      case .endpoint: .isEndpointLocal
      case .tunnel: step.kind == .encapsulation ? .howEncapsulated : .isTunnelNeeded
      case .masquerade: .isSourceTranslated
      case .reverse: .whichTranslationIsUndone
      case .hopLimit: .isHopLimitLeft
      case .size: .doesItFit
      case .redirect: .isThereABetterWay
      case .delivery: .howHandedOver
      case .transmission: step.kind == .leaveNetwork ? .whereItLeaves : .whoReceivesFrame
      case .acceptance: step.kind == .decapsulation ? .howDecapsulated : .whoAccepts
      case .ending: .whyItEnds
      }
  }
}
