import ControlPlane
import NetModel
import PacketTrace
import Testing

/// The TTL that `ping` prints, for every pair of places and every way of routing.
///
/// The figures are those of Cilium 1.18's rules for where the TTL is lowered; 62 and 63 between pods of one
/// subnet, and 64 and 63 from a host, were seen in the recorded lab.
@Suite struct RoundTripTTLTests {
  enum Routing: String, CaseIterable {
    case nativeBPF, nativeLegacy, tunnelBPF, tunnelLegacy

    var mode: CiliumSettings.RoutingMode {
      self == .nativeBPF || self == .nativeLegacy ? .native : .tunnel(.vxlan)
    }

    var isLegacy: Bool { self == .nativeLegacy || self == .tunnelLegacy }
  }

  /// From, to, and the TTLs in the order of `Routing`; `nil` where no answer comes back.
  static let cells: [(String, String, [UInt8?])] = [
    ("curl-pod", "webpod@k8s-ctr", [63, 63, 63, 63]),
    ("curl-pod", "webpod@k8s-w1", [62, 60, 63, 63]),
    ("k8s-ctr", "webpod@k8s-ctr", [63, 63, 63, 63]),
    ("k8s-ctr", "webpod@k8s-w1", [63, 62, 63, 63]),
    ("curl-pod", "k8s-ctr", [63, 63, 63, 63]),
    ("curl-pod", "k8s-w1", [63, 62, 63, 62]),
    ("curl-pod", "10.10.1.200", [63, 62, 63, 62]),
    ("k8s-ctr", "10.10.1.200", [64, 64, 64, 64]),
    ("k8s-ctr", "k8s-w0", [63, 63, 63, 63]),
    ("curl-pod", "webpod@k8s-w0", [nil, nil, 63, 63]),
  ]

  @Test(arguments: cells, Routing.allCases)
  func ping(cell: (from: String, to: String, ttls: [UInt8?]), routing: Routing) throws {
    let legacy = HelmSetting(path: "bpf.hostLegacyRouting", value: .bool(routing.isLegacy))
    let lab = try TestLab(mode: routing.mode, helm: [legacy])
    let path = try lab.ping(cell.from, cell.to)
    let expected = cell.ttls[Routing.allCases.firstIndex(of: routing) ?? 0]
    let seen = path.reply?.hops.last?.ttlOnDeparture
    #expect(seen == expected, "\(path.outcome) \(String(describing: path.reply?.outcome))")
  }
}
