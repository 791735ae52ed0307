import ControlPlane
import NetModel

/// `cilium-dbg shell -- db/show TABLE`: the agent's StateDB.
///
/// Source: Cilium `vendor/github.com/cilium/statedb/script.go`, and the table's own file.
struct AgentStateTable: Sendable {
  let name: String
  let columns: [String]
  /// In ascending order of the table's primary index.
  let rows: @Sendable (AgentView) -> [[String]]

  static let all: [AgentStateTable] = [
    AgentStateTable(
      name: "backends", columns: ["Address", "Instances", "Shadows", "NodeName"], rows: { $0.backendRows }),
    AgentStateTable(
      name: "devices",
      columns: ["Name", "Index", "Selected", "Type", "MTU", "HWAddr", "Flags", "Addresses", "OperStatus"],
      rows: { $0.deviceRows }),
    AgentStateTable(
      name: "frontends",
      columns: ["Address", "Type", "ServiceName", "PortName", "Backends", "RedirectTo", "Status"],
      rows: { $0.frontendRows }),
    AgentStateTable(
      name: "l2-announce", columns: ["IP", "NetworkInterface"], rows: { $0.announcementRows }),
    AgentStateTable(
      name: "node-addresses", columns: ["Address", "NodePort", "Primary", "DeviceName"],
      rows: { $0.nodeAddressRows }),
    AgentStateTable(
      name: "routes",
      columns: ["Destination", "Source", "Gateway", "LinkIndex", "Table", "Scope", "Priority"],
      rows: { $0.routeRows }),
    AgentStateTable(
      name: "services", columns: ["Name", "Source", "PortNames", "TrafficPolicy", "Flags"],
      rows: { $0.serviceRows }),
  ]

  /// What `db/show` prints.
  func text(_ agent: AgentView) -> String {
    var writer = TabWriter(minimumWidth: 5, padding: 3)
    return writer.format(rows: [columns] + rows(agent))
  }
}

extension AgentView {
  /// Source: Cilium `pkg/datapath/tables/l2_announce.go`.
  fileprivate var announcementRows: [[String]] {
    datapath.l2Announcements.map { ["\($0.address)", $0.interface] }
  }

  /// The times at which frontends came are not modelled.
  ///
  /// Source: Cilium `pkg/loadbalancer/frontend.go`, `TableRow`.
  fileprivate var frontendRows: [[String]] {
    datapath.services.filter { $0.type != .nodePort || $0.frontend.address == .any }.map { entry in
      let all = entry.allBackends
      let shown = all.prefix(5).map { backend in
        "\(Frontend(address: backend.address, port: backend.port, transport: entry.frontend.transport))"
      }
      let rest = all.count > 5 ? " + \(all.count - 5) more ..." : ""
      return [
        "\(entry.frontend)", entry.type.rawValue, "\(entry.service)", entry.portName,
        shown.joined(separator: ", ") + rest, "", "Done",
      ]
    }
  }

  /// Source: Cilium `pkg/loadbalancer/backend.go`, `TableRow`.
  fileprivate var backendRows: [[String]] {
    var seen: Set<Int> = []
    let all = datapath.services.flatMap { entry in entry.allBackends.map { (entry, $0) } }
    return all.filter { seen.insert($0.1.id).inserted }.map { entry, backend in
      let key = Frontend(address: backend.address, port: backend.port, transport: entry.frontend.transport)
      let port = entry.portName.isEmpty ? "" : " (\(entry.portName))"
      let state = backend.isTerminating ? " [terminating]" : ""
      return (key, ["\(key)", "\(entry.service)\(state)\(port)", "", backend.node?.name ?? ""])
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Source: Cilium `pkg/loadbalancer/service.go`, `TableRow`.
  fileprivate var serviceRows: [[String]] {
    cluster.services.sorted { $0.id < $1.id }.map { service in
      let external = service.externalTrafficPolicy.rawValue
      let `internal` = service.internalTrafficPolicy.rawValue
      let ports = service.ports.filter { !$0.name.isEmpty }.map { "\($0.name)=\($0.number)" }
      let flags = service.affinitySeconds.map { "SessionAffinity=\(GoDuration.text(seconds: $0))" }
      return [
        "\(service.id)", "k8s", ports.joined(separator: ", "),
        external == `internal` ? external : "Ext=\(external), Int=\(`internal`)", flags ?? "",
      ]
    }
  }

  /// Source: Cilium `pkg/datapath/tables/device.go`, `TableRow`; in ascending order of name.
  fileprivate var deviceRows: [[String]] {
    stack.interfaces.sorted { $0.name < $1.name }.map { interface in
      let addresses =
        interface.addresses.map { "\($0.local.address)" } + interface.ipv6Addresses.map { "\($0.address)" }
      return [
        interface.name, "\(interface.index)", "\(datapath.devices.contains(interface.name))",
        interface.driverName, "\(interface.mtu)", interface.mac == .zero ? "" : "\(interface.mac)",
        interface.flagNames, addresses.joined(separator: ", "), interface.operationalState,
      ]
    }
  }

  /// Source: Cilium `pkg/datapath/tables/node_address.go`, `TableRow`.
  fileprivate var nodeAddressRows: [[String]] {
    stack.interfaces.filter { $0.name != "lo" }.flatMap { interface in
      interface.addresses.enumerated().map { index, address in
        let isSelected = datapath.devices.contains(interface.name)
        return (
          address.local.address,
          ["\(address.local.address)", "\(isSelected && index == 0)", "\(index == 0)", interface.name]
        )
      }
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Source: Cilium `pkg/datapath/tables/route.go`, `TableRow`; numbers of table and scope as the kernel's.
  fileprivate var routeRows: [[String]] {
    stack.routes.routes.map { route in
      let hop = route.nextHops.first
      let index = hop?.interface.flatMap { stack.interface(named: $0)?.index } ?? 0
      return [
        "\(route.destination)", route.preferredSource.map { "\($0)" } ?? "",
        hop?.gateway.map { "\($0)" } ?? "",
        "\(index)", "\(route.table.number)", "\(route.scope.number)", "\(route.metric)",
      ]
    }
  }
}

extension Interface {
  /// The kernel driver's name, as netlink tells it.
  fileprivate var driverName: String {
    switch attachment {
    case .loopback, .wire, .unknown: "device"
    case .dummy: "dummy"
    case .veth: "veth"
    case .tunnel(let tunnel): tunnel.rawValue
    }
  }

  /// Source: Go `src/net/interface.go`, `Flags.String`.
  fileprivate var flagNames: String {
    let isLoopback = attachment == .loopback
    let flags = [
      isUp ? "up" : nil, isLoopback ? nil : "broadcast", isLoopback ? "loopback" : nil,
      isLoopback ? nil : "multicast", isRunning ? "running" : nil,
    ]
    return flags.compactMap { $0 }.joined(separator: "|")
  }

  /// Source: Linux `Documentation/networking/operstates.rst`: drivers without carrier detection say `unknown`.
  fileprivate var operationalState: String {
    guard isUp, hasCarrier else { return "down" }
    switch attachment {
    case .loopback, .dummy, .tunnel: return "unknown"
    case .wire, .veth, .unknown: return "up"
    }
  }
}

/// Lengths of time as Go's `time.Duration` writes them.
enum GoDuration {
  /// Whole seconds, such as `3h0m0s`.
  static func text(seconds: Int) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    if hours > 0 { return "\(hours)h\(minutes)m\(rest)s" }
    return minutes > 0 ? "\(minutes)m\(rest)s" : "\(rest)s"
  }
}
