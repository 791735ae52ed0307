import ControlPlane
import NetModel

/// Carries one packet through a snapshot, stage by stage.
struct Tracer {
  let snapshot: Snapshot
  var journey: Journey

  /// Follows the packet to its end.
  mutating func run(from start: Stage = .send) -> Outcome {
    var next: Stage? = start
    while let stage = next {
      next = take(stage)
    }
    return journey.outcome
      ?? Outcome(disposition: .undecided, node: journey.node, reason: .notModelled)
  }

  private mutating func take(_ stage: Stage) -> Stage? {
    switch stage {
    case .send: send()
    case .reflect(let device, let station): reflect(by: device, to: station)
    case .fromContainer(let endpoint): fromContainer(endpoint)
    case .fromNetdev(let device): fromNetdev(device)
    case .fromOverlay(let device): fromOverlay(device)
    case .fromHost: fromHost()
    case .stackInput(let device): stackInput(device)
    case .output(let device, let nextHop): output(by: device, to: nextHop)
    case .encapsulate(let answer): encapsulate(answer)
    case .toContainer(let endpoint): toContainer(endpoint)
    case .deliver(let endpoint, let isFromHost): deliver(to: endpoint, isFromHost: isFromHost)
    case .accept: accept()
    }
  }

  /// The machine's own stack.
  var hostStack: NetworkStack? { snapshot.stack(.host(journey.node)) }

  /// The maps of the machine's agent; `nil` where none runs.
  var datapath: Datapath? { snapshot.datapath(on: journey.node) }

  /// The machine that a stack belongs to; `nil` for a pod that is not placed.
  func machine(of stack: StackID) -> NodeID? {
    switch stack {
    case .host(let node): node
    case .pod(let pod): snapshot.placement(of: pod)?.node
    }
  }

  /// The pod's endpoint on its node; `nil` where the node has none.
  func endpoint(of pod: PodID) -> LocalEndpoint.PodEndpoint? {
    guard let placement = snapshot.placement(of: pod), let datapath = snapshot.datapath(on: placement.node)
    else { return nil }
    for case .pod(let endpoint) in datapath.endpoints.map(\.kind) where endpoint.pod == pod {
      return endpoint
    }
    return nil
  }

  /// The lookup with the branch that this path follows in place of the one that a hash chose.
  mutating func follow(_ lookup: RouteLookup) -> RouteLookup {
    guard case .unicast = lookup.result, lookup.branches.count > 1, !journey.followsHash else {
      return lookup
    }
    let position = journey.forks.count
    let turn = position < journey.turns.count ? journey.turns[position] : 0
    let taken = lookup.branches[min(turn, lookup.branches.count - 1)]
    let gateway = taken.gateway ?? lookup.query.destination
    journey.forks.append(
      Journey.Fork(
        branch: Path.Branch(node: journey.node, gateway: gateway), index: turn, count: lookup.branches.count))
    var followed = lookup
    followed.result = .unicast(taken)
    return followed
  }

  /// Lowers the TTL by one as BPF's L3 helper does, and addresses the frame anew where it is told whom to; false
  /// where the packet must be dropped instead.
  ///
  /// Source: Cilium `bpf/lib/l3.h`, `ipv4_l3`.
  mutating func lowerTTLInBPF(
    _ kind: Step.Kind, _ hook: Step.Hook, on device: String?, rule: Rule, frame: EthernetHeader? = nil
  ) -> Bool {
    let before = journey.packet.innerIP?.ttl ?? 0
    guard before > 1 else { return false }
    let limit = HopLimit(before: before, after: before - 1)
    journey.record(kind, hook, on: device, .hopLimit(limit), by: rule) { packet in
      packet.innerIP?.ttl = before - 1
      if let frame { packet = packet.framed(frame) }
    }
    return true
  }
}

/// Codes of Cilium's drop reasons.
///
/// Source: Cilium `bpf/lib/drop_reasons.h`.
enum DropCode {
  static let invalidSource = 132
  static let policyDenied = 133
  static let fragmentationNeeded = 136
  static let staleOrUnroutable = 151
  static let serviceBackendNotFound = 158
  static let fibLookupFailed = 169
  static let invalidIdentity = 171
  static let isClusterIP = 174
  static let deniedBySourceRange = 177
  static let policyDeniedByDenylist = 181
  static let ttlExceeded = 196

  /// The code that Cilium reports for an ending at one of its programs; `nil` for the kernel's endings.
  static func code(of reason: Reason, at hook: Step.Hook) -> Int? {
    switch reason {
    case .invalidSource: invalidSource
    case .policyDenied: policyDenied
    case .policyDeniedByDenylist: policyDeniedByDenylist
    case .staleOrUnroutable: staleOrUnroutable
    case .serviceBackendNotFound: serviceBackendNotFound
    case .fibLookupFailed: fibLookupFailed
    case .invalidIdentity: invalidIdentity
    case .isClusterIP: isClusterIP
    case .deniedBySourceRange: deniedBySourceRange
    case .ttlExceeded: hook == .forward ? nil : ttlExceeded
    default: nil
    }
  }
}
