import ControlPlane
import NetModel

/// The `list` commands below `cilium-dbg bpf`, each a table of keys and values.
///
/// Where Cilium prints a Go map in whatever order comes, rows stand in ascending order of key.
enum BPFMapLists {
  /// Source: Cilium `cilium-dbg/cmd/bpf_lb_list.go`.
  static func loadBalancer(_ agent: AgentView, _ flags: ParsedFlags) -> KeyedTable {
    if flags.isOn("revnat") {
      let rows = agent.reverseNATMap.map { ("\($0.id)", $0.address) }
      return KeyedTable("ID", "BACKEND ADDRESS (REVNAT_ID) (SLOT)", rows)
    }
    if flags.isOn("frontends") {
      return KeyedTable("SERVICE ADDRESS", "BACKEND ID", agent.serviceMap.map { ($0.key, $0.value) })
    }
    if flags.isOn("backends") {
      let rows = agent.backendMap.map { ("\($0.id)", agent.backendText($0.backend, $0.transport)) }
      return KeyedTable("ID", "BACKEND ADDRESS (REVNAT_ID) (SLOT)", rows)
    }
    if flags.isOn("source-ranges") {
      let rows = agent.datapath.services.flatMap { entry in
        entry.sourceRanges.map { ("\($0) (\(entry.id))", "") }
      }
      return KeyedTable("SOURCE RANGE (REVNAT_ID)", "", rows)
    }
    let rows = agent.serviceMap.map { ($0.key, $0.explanation) }
    return KeyedTable("SERVICE ADDRESS", "BACKEND ADDRESS (REVNAT_ID) (SLOT)", rows)
  }

  /// Source: Cilium `cilium-dbg/cmd/bpf_ipcache_list.go`.
  static func ipcache(_ agent: AgentView) -> KeyedTable {
    KeyedTable(
      "IP PREFIX/ADDRESS", "IDENTITY",
      agent.datapath.ipcache.map { ("\($0.prefix)", $0.mapValue) })
  }

  /// The longest prefix that holds an address.
  ///
  /// Source: Cilium `cilium-dbg/cmd/bpf_ipcache_get.go`.
  static func ipcacheEntry(_ agent: AgentView, _ words: [String]) throws(ToolFailure) -> String {
    guard let word = words.first, let address = IPv4Address(parsing: word) else {
      throw .error("Invalid ip address. Use \"cilium-dbg bpf ipcache get <ip>\"\n")
    }
    let found = agent.datapath.ipcache.filter { $0.prefix.contains(address) }.max {
      $0.prefix.length < $1.prefix.length
    }
    guard let found else {
      throw ToolFailure(
        standardOutput: "\(word) does not map to any identity\n", standardError: "", status: 1)
    }
    return "\(word) maps to identity \(found.mapValue)\n"
  }

  /// Source: Cilium `cilium-dbg/cmd/bpf_endpoint_list.go`, `pkg/maps/lxcmap/lxcmap.go`.
  static func endpoints(_ agent: AgentView) -> KeyedTable {
    KeyedTable(
      "IP ADDRESS", "LOCAL ENDPOINT INFO",
      agent.datapath.endpoints.map { ("\($0.address):0", agent.endpointText($0)) })
  }
}

/// A table of two columns that is kept by key.
///
/// Source: Cilium `cilium-dbg/cmd/helpers.go`, `TablePrinter`.
struct KeyedTable: Sendable {
  let titles: (String, String)
  let rows: [(key: String, value: String)]

  init(_ first: String, _ second: String, _ rows: [(String, String)]) {
    titles = (first, second)
    self.rows = rows.map { (key: $0.0, value: $0.1) }
  }

  var text: String {
    var writer = TabWriter(minimumWidth: 5, padding: 3)
    let head = "\(titles.0)\t\(titles.1)\n"
    let lines = groups.flatMap { group in
      group.values.enumerated().map { index, value in "\(index == 0 ? group.key : "")\t\(value)\t\n" }
    }
    return writer.format(head + lines.joined())
  }

  /// An object with a list of values for each key.
  var json: JSONValue {
    .object(
      groups.sorted { $0.key < $1.key }.map { group in
        .init(group.key, .array(group.values.map { .string($0) }))
      })
  }

  /// Each key once with all its values, in the order in which they come.
  private var groups: [(key: String, values: [String])] {
    var positions: [String: Int] = [:]
    var groups: [(key: String, values: [String])] = []
    for row in rows {
      if let position = positions[row.key] {
        groups[position].values.append(row.value)
      } else {
        positions[row.key] = groups.count
        groups.append((row.key, [row.value]))
      }
    }
    return groups
  }
}

extension AgentView {
  /// `cilium_lb4_reverse_nat`, in ascending order of number.
  var reverseNATMap: [(id: Int, address: String)] {
    datapath.services.map { (id: $0.id, address: "\($0.frontend.address):\($0.frontend.port)") }
      .sorted { $0.id < $1.id }
  }

  /// A value of `cilium_lb4_backends_v3`.
  ///
  /// Source: Cilium `pkg/loadbalancer/maps/types.go`, `Backend4ValueV3.String`.
  func backendText(_ backend: ServiceBackend, _ transport: Transport) -> String {
    "\(transport == .tcp ? "TCP" : "UDP")://\(backend.address)"
  }

  /// A value of `cilium_lxc`.
  func endpointText(_ endpoint: LocalEndpoint) -> String {
    guard let pod = endpoint.podEndpoint else { return "(localhost)" }
    let index = stack.interface(named: pod.interface)?.index ?? 0
    return "id=\(padded(pod.id, 5)) sec_id=\(padded(Int(pod.identity.number), 5)) flags=0x0000 "
      + "ifindex=\(padded(index, 3)) mac=\(pod.mac.upperCased) nodemac=\(pod.nodeMAC.upperCased) "
      + "parent_ifindex=\(padded(0, 3))"
  }

  /// A number in at least so many columns, as `%-5d` writes it.
  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension MACAddress {
  /// In the hexadecimal capitals of Cilium's `mac.Uint64MAC`.
  fileprivate var upperCased: String { description.uppercased() }
}

extension IPCacheEntry {
  /// The value as the map prints it.
  ///
  /// Source: Cilium `pkg/maps/ipcache/ipcache.go`, `RemoteEndpointInfo.String`.
  var mapValue: String {
    let flags = [skipsTunnel ? "skiptunnel" : nil, tunnelEndpoint == nil ? nil : "hastunnel"].compactMap {
      $0
    }
    let flagText = flags.isEmpty ? "<none>" : flags.joined(separator: ",")
    return
      "identity=\(identity.number) encryptkey=0 tunnelendpoint=\(tunnelEndpoint ?? .any) flags=\(flagText)"
  }
}
