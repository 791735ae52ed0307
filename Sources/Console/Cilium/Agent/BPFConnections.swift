import ControlPlane
import NetModel
import PacketTrace

/// `cilium-dbg bpf ct list global`, `bpf nat list` and `bpf socknat list`.
///
/// Times are seconds of the lab's clock.
enum BPFConnections {
  /// The TCP map, then the map of all else; each with a blank line behind it.
  ///
  /// Source: Cilium `cilium-dbg/cmd/bpf_ct_list.go`, `pkg/maps/ctmap/types.go`, `bpf/lib/conntrack.h`.
  static func conntrack(_ agent: AgentView, _ flags: ParsedFlags) throws(ToolFailure) -> String {
    switch flags.arguments.first {
    case "global": break
    case "cluster": throw .notModelled("cilium-dbg bpf ct list cluster")
    case nil: throw ToolFailure(standardError: "Invalid argument: no CT map type provided", status: 0)
    case .some(let type):
      throw ToolFailure(standardError: "Invalid argument: unknown type \(type)", status: 0)
    }
    let showsRest = flags.isOn("time-diff")
    let entries = agent.conntrackEntries
    let tcp = entries.filter { $0.protocolNumber == 6 }.map { line($0, agent, showsRest) }
    let others = entries.filter { $0.protocolNumber != 6 }.map { line($0, agent, showsRest) }
    return tcp.joined() + "\n" + (others + related(entries, agent, showsRest)).joined() + "\n"
  }

  private static func line(
    _ entry: ConnectionTables.ConntrackEntry, _ agent: AgentView, _ showsRest: Bool
  ) -> String {
    "\(name(entry.protocolNumber)) \(entry.direction.rawValue) \(entry.source.text) -> \(entry.destination.text) "
      + values(CTValues(entry, agent), agent, showsRest)
  }

  /// The entries by which errors about a connection are told from others, one for two addresses.
  private static func related(
    _ entries: [ConnectionTables.ConntrackEntry], _ agent: AgentView, _ showsRest: Bool
  ) -> [String] {
    var seen: Set<String> = []
    return entries.filter { $0.direction != .service }.compactMap { entry in
      let key =
        "ICMP \(entry.direction.rawValue) \(entry.source.address):0 -> \(entry.destination.address):0 related "
      guard seen.insert(key).inserted else { return nil }
      return key + values(CTValues(openingOf: entry, agent), agent, showsRest)
    }
  }

  private static func values(_ values: CTValues, _ agent: AgentView, _ showsRest: Bool) -> String {
    let now = Int(agent.now.nanoseconds / 1_000_000_000)
    let rest = showsRest ? " (remaining: \(values.expiry - now) sec(s))" : ""
    let marks = values.flagNames.map { "\($0) " }.joined()
    return "expires=\(values.expiry)\(rest) Packets=0 Bytes=0 RxFlagsSeen=\(hex(values.received, 2)) "
      + "LastRxReport=\(values.lastReceived) TxFlagsSeen=\(hex(values.sent, 2)) LastTxReport=\(values.lastSent) "
      + "Flags=\(hex(values.flags, 4)) [ \(marks)] RevNAT=\(values.reverseNAT) "
      + "SourceSecurityID=\(values.identity) BackendID=\(values.backendID) \n"
  }

  /// Source: Cilium `cilium-dbg/cmd/bpf_nat_list.go`, `pkg/maps/nat/ipv4.go`, `pkg/tuple/ipv4.go`.
  static func nat(_ agent: AgentView) -> String {
    let now = agent.now.nanoseconds
    let lines = agent.traffic.connections.nat.filter { $0.node == agent.node.id }.flatMap {
      entry -> [String] in
      let isOwn = entry.original.address == entry.translated.address
      let age =
        "Created=\((now - entry.created.nanoseconds) / 1_000_000_000)sec ago NeedsCT=\(isOwn ? 1 : 0)\n"
      let kind = name(entry.protocolNumber)
      return [
        "\(kind) OUT \(entry.original.text) -> \(entry.peer.text) XLATE_SRC \(entry.translated.text) \(age)",
        "\(kind) IN \(entry.peer.text) -> \(entry.translated.text) XLATE_DST \(entry.original.text) \(age)",
      ]
    }
    return lines.joined() + "\n"
  }

  /// Ports and numbers stand as the map holds them, in the network's byte order.
  ///
  /// Source: Cilium `cilium-dbg/cmd/bpf_socknat.go`, `pkg/loadbalancer/maps/types.go`.
  static func sockets(_ agent: AgentView) -> KeyedTable {
    var seen: Set<ConnectionTables.SocketEntry> = []
    let entries = agent.traffic.connections.sockets.filter { entry in
      entry.node == agent.node.id && seen.insert(entry).inserted
    }
    return KeyedTable(
      "Socket Cookie", "Backend -> Frontend",
      entries.map { entry in
        let number = UInt16(truncatingIfNeeded: entry.service).byteSwapped
        return (
          "\(entry.cookie)",
          "\(entry.backend.rawText) -> \(entry.frontend.rawText) (revnat=\(number))"
        )
      })
  }

  private static func name(_ protocolNumber: UInt8) -> String {
    switch protocolNumber {
    case 1: "ICMP"
    case 6: "TCP"
    case 17: "UDP"
    default: "\(protocolNumber)"
    }
  }

  private static func hex(_ number: UInt16, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

/// The value of a conntrack entry.
///
/// Source: Cilium `bpf/lib/conntrack.h`; the timers are the agent's own defaults.
private struct CTValues {
  var expiry: Int
  var received: UInt16 = 0
  var sent: UInt16 = 0
  var lastReceived = 0
  var lastSent = 0
  var flags: UInt16 = 0
  var reverseNAT = 0
  var identity: UInt32
  var backendID = 0

  private enum Timer {
    static let syn = 60
    static let established = 8000
    static let closing = 10
    static let other = 60
  }

  private static let bits: [(UInt16, String)] = [
    (0x1, "RxClosing"), (0x2, "TxClosing"), (0x10, "SeenNonSyn"), (0x400, "FromTunnel"),
  ]

  var flagNames: [String] { Self.bits.filter { flags & $0.0 != 0 }.map(\.1) }

  init(_ entry: ConnectionTables.ConntrackEntry, _ agent: AgentView) {
    identity = entry.sourceIdentity.number
    received = UInt16(entry.receivedFlags.rawValue)
    sent = UInt16(entry.sentFlags.rawValue)
    lastReceived = entry.lastReceived.map(Self.seconds) ?? 0
    lastSent = entry.lastSent.map(Self.seconds) ?? 0
    flags = agent.arrivedByTunnel(entry) ? 0x400 : 0
    let last = max(lastReceived, lastSent)
    guard entry.protocolNumber == 6 else {
      expiry = last + Timer.other
      setService(entry, agent)
      return
    }
    let fromClient = entry.direction == .incoming ? entry.receivedFlags : entry.sentFlags
    if fromClient.contains(.ack) { flags |= 0x10 }
    let isReset = entry.receivedFlags.contains(.rst) || entry.sentFlags.contains(.rst)
    if entry.receivedFlags.contains(.fin) || isReset { flags |= 0x1 }
    if entry.sentFlags.contains(.fin) || isReset { flags |= 0x2 }
    let isClosing = flags & 0x3 == 0x3
    expiry = last + (isClosing ? Timer.closing : flags & 0x10 != 0 ? Timer.established : Timer.syn)
    setService(entry, agent)
  }

  /// What the entry was when the connection began.
  init(openingOf entry: ConnectionTables.ConntrackEntry, _ agent: AgentView) {
    let created = Self.seconds(entry.created)
    identity = entry.sourceIdentity.number
    flags = agent.arrivedByTunnel(entry) ? 0x400 : 0
    expiry = created + (entry.protocolNumber == 6 ? Timer.syn : Timer.other)
    let syn = entry.protocolNumber == 6 ? UInt16(TCPHeader.Flags.syn.rawValue) : 0
    if entry.direction == .incoming {
      (received, lastReceived) = (syn, created)
    } else {
      (sent, lastSent) = (syn, created)
    }
  }

  private mutating func setService(_ entry: ConnectionTables.ConntrackEntry, _ agent: AgentView) {
    guard entry.direction == .service else { return }
    let transport: Transport = entry.protocolNumber == 17 ? .udp : .tcp
    let frontend = Frontend(
      address: entry.destination.address, port: entry.destination.port, transport: transport)
    guard let service = agent.datapath.services.first(where: { $0.frontend == frontend }) else { return }
    reverseNAT = service.id
    let chosen = service.allBackends.first {
      $0.address == entry.backend?.address && $0.port == entry.backend?.port
    }
    backendID = chosen?.id ?? 0
  }

  private static func seconds(_ instant: Instant) -> Int { Int(instant.nanoseconds / 1_000_000_000) }
}

extension AgentView {
  /// The node's conntrack entries that have not expired.
  fileprivate var conntrackEntries: [ConnectionTables.ConntrackEntry] {
    let second = Int(now.nanoseconds / 1_000_000_000)
    return traffic.connections.conntrack.filter { entry in
      entry.node == node.id && CTValues(entry, self).expiry > second
    }
  }

  /// The packets of the connection came out of a tunnel.
  fileprivate func arrivedByTunnel(_ entry: ConnectionTables.ConntrackEntry) -> Bool {
    guard entry.direction == .incoming, datapath.settings.tunnel != nil else { return false }
    return datapath.ipcache.contains {
      $0.prefix == .host(entry.source.address) && $0.tunnelEndpoint != nil
    }
  }
}

extension Flow.Backend {
  fileprivate var text: String { "\(address):\(port)" }

  /// With the port as a signed number in the network's byte order.
  fileprivate var rawText: String { "\(address):\(Int16(bitPattern: port.byteSwapped))" }
}
