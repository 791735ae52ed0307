import ControlPlane
import NetModel

/// One entry of `cilium_lb4_services_v2`: a frontend's master in slot 0, or one of its backends.
///
/// Source: Cilium `pkg/loadbalancer/maps/types.go`, `pkg/loadbalancer/reconciler/bpf_reconciler.go`.
struct BPFServiceEntry: Sendable {
  var frontend: Frontend
  /// For clients inside the cluster alone.
  var isInternal: Bool
  var slot: Int
  var reverseNAT: Int
  var flags: BPFServiceFlags
  /// How many backends for new connections the master counts; 0 in the backends' own slots.
  var count: Int
  /// How many more slots there are.
  var inactiveCount = 0
  /// The backend's number; of a master the seconds of affinity, or 0.
  var backendID: Int
  /// `nil` in slot 0.
  var backend: ServiceBackend?

  /// The key as the map prints it.
  var key: String { "\(frontend)\(isInternal ? "/i" : "") (\(slot))" }

  /// The value as the map prints it.
  var value: String {
    let low = String(flags.rawValue & 0xff, radix: 16)
    let high = String(flags.rawValue >> 8, radix: 16)
    return "\(backendID) \(count)[\(inactiveCount)] (\(reverseNAT)) [0x\(low) 0x\(high)]"
  }

  /// The value as `cilium-dbg bpf lb list` explains it.
  ///
  /// Source: Cilium `cilium-dbg/cmd/bpf_lb_list.go`.
  var explanation: String {
    guard let backend else { return "0.0.0.0:0 (\(reverseNAT)) (0) [\(flags.names)] " }
    let key = Frontend(address: backend.address, port: backend.port, transport: frontend.transport)
    return "\(key) (\(reverseNAT)) (\(slot))"
  }
}

/// The flags of a service entry; the low byte is `flags`, the high one `flags2`.
///
/// Source: Cilium `pkg/loadbalancer/loadbalancer.go`, `ServiceFlags`.
struct BPFServiceFlags: OptionSet, Sendable {
  let rawValue: UInt16

  static let externalIPs = BPFServiceFlags(rawValue: 0x01)
  static let nodePort = BPFServiceFlags(rawValue: 0x02)
  static let externalLocal = BPFServiceFlags(rawValue: 0x04)
  static let affinity = BPFServiceFlags(rawValue: 0x10)
  static let loadBalancer = BPFServiceFlags(rawValue: 0x20)
  static let routable = BPFServiceFlags(rawValue: 0x40)
  static let sourceRange = BPFServiceFlags(rawValue: 0x80)
  static let internalLocal = BPFServiceFlags(rawValue: 0x1000)
  static let twoScopes = BPFServiceFlags(rawValue: 0x2000)
  /// Only beside `sourceRange`.
  static let sourceRangeDeny = BPFServiceFlags(rawValue: 0x4000)
  static let dsr = BPFServiceFlags(rawValue: 0x8000)

  /// The names in Cilium's order.
  var names: String {
    let type: ServiceEntry.FrontendType =
      contains(.externalIPs)
      ? .externalIPs : contains(.nodePort) ? .nodePort : contains(.loadBalancer) ? .loadBalancer : .clusterIP
    let told: [(String, Bool)] = [
      ("Local", contains(.externalLocal)), ("InternalLocal", contains(.internalLocal)),
      ("two-scopes", contains(.twoScopes)), ("sessionAffinity", contains(.affinity)),
      ("non-routable", !contains(.routable)), ("check source-range", contains(.sourceRange)),
      ("deny", contains(.sourceRangeDeny)),
      ("dsr", contains(.dsr)),
    ]
    return ([type.rawValue] + told.filter(\.1).map(\.0)).joined(separator: ", ")
  }
}

extension ServiceBackend {
  /// Source: Cilium `pkg/loadbalancer/loadbalancer.go`, `BackendState.String`.
  var stateName: String { isTerminating ? "terminating" : "active" }
}

extension ServiceEntry {
  /// The backends of all states as clients outside the cluster get them, in ascending order of address and port.
  var allBackends: [ServiceBackend] {
    (backends + drainingBackends).sorted { ($0.address, $0.port) < ($1.address, $1.port) }
  }
}

extension AgentView {
  /// `cilium_lb4_services_v2`, in ascending order of address and port, then slot.
  var serviceMap: [BPFServiceEntry] {
    datapath.services.flatMap { entry in
      entries(of: entry, entry.backends, draining: entry.drainingBackends, isInternal: false)
        + (entry.internalBackends.map {
          entries(of: entry, $0, draining: entry.internalDrainingBackends, isInternal: true)
        } ?? [])
    }
  }

  /// `cilium_lb4_backends_v3`, in ascending order of number.
  var backendMap: [(id: Int, backend: ServiceBackend, transport: Transport)] {
    var seen: Set<Int> = []
    let all = datapath.services.flatMap { entry in
      (entry.allBackends + (entry.internalBackends ?? []) + entry.internalDrainingBackends).map {
        (entry.frontend.transport, $0)
      }
    }
    return all.filter { seen.insert($0.1.id).inserted }
      .map { (id: $0.1.id, backend: $0.1, transport: $0.0) }.sorted { $0.id < $1.id }
  }

  private func entries(
    of entry: ServiceEntry, _ backends: [ServiceBackend], draining: [ServiceBackend], isInternal: Bool
  ) -> [BPFServiceEntry] {
    let flags = flags(of: entry)
    let master = BPFServiceEntry(
      frontend: entry.frontend, isInternal: isInternal, slot: 0, reverseNAT: entry.id, flags: flags,
      count: backends.count, inactiveCount: draining.count, backendID: entry.affinitySeconds ?? 0)
    return [master]
      + (backends + draining).enumerated().map { index, backend in
        BPFServiceEntry(
          frontend: entry.frontend, isInternal: isInternal, slot: index + 1, reverseNAT: entry.id,
          flags: flags, count: 0, backendID: backend.id, backend: backend)
      }
  }

  /// Source: Cilium `pkg/loadbalancer/loadbalancer.go`, `NewSvcFlag`.
  private func flags(of entry: ServiceEntry) -> BPFServiceFlags {
    let service = cluster.service(entry.service)
    var flags: BPFServiceFlags =
      switch entry.type {
      case .clusterIP: []
      case .nodePort: .nodePort
      case .loadBalancer: .loadBalancer
      case .externalIPs: .externalIPs
      }
    let isExternalLocal = service?.externalTrafficPolicy == .local
    let isInternalLocal = service?.internalTrafficPolicy == .local
    if isExternalLocal { flags.insert(.externalLocal) }
    if isInternalLocal { flags.insert(.internalLocal) }
    if isExternalLocal != isInternalLocal, entry.type != .clusterIP { flags.insert(.twoScopes) }
    if entry.affinitySeconds != nil { flags.insert(.affinity) }
    let isServedOutside = entry.type != .clusterIP || datapath.settings.externalClusterIP
    if isServedOutside, entry.frontend.address != .any { flags.insert(.routable) }
    if service?.loadBalancerSourceRanges.isEmpty == false { flags.insert(.sourceRange) }
    if flags.contains(.sourceRange), entry.deniesSourceRanges { flags.insert(.sourceRangeDeny) }
    if datapath.settings.loadBalancer == .dsr { flags.insert(.dsr) }
    return flags
  }
}
