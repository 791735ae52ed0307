import ControlPlane
import NetModel
import PacketTrace

/// Flows as `hubble observe` prints them.
///
/// Source: Cilium `hubble/pkg/printer/printer.go`.
struct FlowPrinter: Sendable {
  var format = Format.compact
  var showsNode = false
  /// Names in place of addresses.
  var translates = true
  var timeFormat = HubbleTime.Format.stampMilli
  /// How many flows were printed.
  private var count = 0

  enum Format: Sendable {
    case compact, dict, table
    /// One document a line.
    case json
  }

  /// What one flow adds to the output; a table is written at the end alone.
  mutating func text(of flow: HubbleFlow) -> String {
    defer { count += 1 }
    switch format {
    case .compact: return compact(flow)
    case .dict: return dict(flow)
    case .table: return ""
    case .json: return JSONPrinter.compact(flow.document) + "\n"
    }
  }

  /// All flows as a table.
  func table(_ flows: [HubbleFlow]) -> String {
    guard !flows.isEmpty else { return "" }
    let node = showsNode ? ["NODE"] : []
    let head = ["TIMESTAMP"] + node + ["SOURCE", "DESTINATION", "TYPE", "VERDICT", "SUMMARY"]
    let rows = flows.map { flow in
      [time(flow)] + (showsNode ? [flow.event.node.name] : [])
        + [host(flow.source), host(flow.destination), flow.type, flow.verdictText, flow.summary]
    }
    var writer = TabWriter(minimumWidth: 2, padding: 3)
    return writer.format(rows: [head] + rows)
  }

  /// The nodes that no flows come from, for standard error.
  func unavailable(_ relay: HubbleRelay, at moment: WallTime) -> String {
    guard !relay.unavailable.isEmpty else { return "" }
    let names = relay.unavailable.map(\.name).joined(separator: ", ")
    let stamp = HubbleTime.text(moment, timeFormat)
    switch format {
    case .compact, .table:
      return
        "\(stamp) [\(relay.pod?.name ?? "")]: \(relay.unavailable.count) nodes are unavailable: \(names)\n"
    case .dict:
      return "  TIMESTAMP: \(stamp)\n      STATE: NODE_UNAVAILABLE\n      NODES: \(names)\n    MESSAGE: N/A\n"
    case .json:
      let document: JSONValue = .object([
        .init(
          "node_status",
          .object([
            .init("state_change", "NODE_UNAVAILABLE"),
            .init("node_names", .array(relay.unavailable.map { .string($0.name) })),
          ])), .init("node_name", .string(relay.pod?.name ?? "")),
        .init("time", .string(HubbleTime.text(moment, .rfc3339Nano))),
      ])
      return JSONPrinter.compact(document) + "\n"
    }
  }

  private func compact(_ flow: HubbleFlow) -> String {
    let isReply = flow.event.direction == .reply
    let (left, right) = isReply ? (flow.destination, flow.source) : (flow.source, flow.destination)
    let arrow = isReply ? "<-" : flow.event.direction == .forward ? "->" : "<>"
    let node = showsNode ? " [\(flow.event.node)]" : ""
    return "\(time(flow))\(node): \(host(left)) \(identity(left)) \(arrow) \(host(right)) \(identity(right)) "
      + "\(flow.type) \(flow.verdictText) (\(flow.summary))\n"
  }

  private func dict(_ flow: HubbleFlow) -> String {
    let node = showsNode ? "       NODE: \(flow.event.node)\n" : ""
    return (count == 0 ? "" : "------------\n") + "  TIMESTAMP: \(time(flow))\n\(node)"
      + "     SOURCE: \(host(flow.source))\nDESTINATION: \(host(flow.destination))\n"
      + "       TYPE: \(flow.type)\n    VERDICT: \(flow.verdictText)\n    SUMMARY: \(flow.summary)\n"
  }

  private func time(_ flow: HubbleFlow) -> String { HubbleTime.text(flow.time, timeFormat) }

  private func host(_ end: HubbleFlow.End) -> String {
    let name = translates ? end.pod.map { "\($0)" } ?? "\(end.address)" : "\(end.address)"
    guard let port = end.port, port != 0 else { return name }
    return "\(name):\(port)"
  }

  private func identity(_ end: HubbleFlow.End) -> String {
    end.identity.reservedName.map { "(\($0))" } ?? "(ID:\(end.identity.number))"
  }
}

extension HubbleFlow {
  /// Source: Cilium `hubble/pkg/printer/printer.go`, `GetFlowType`.
  var type: String {
    switch event.kind {
    case .trace(let point): point.rawValue
    case .socket(let point): point.rawValue
    case .dropped(_, let code): DropReasonText.text(of: code)
    case .policyVerdict(let match, let direction, _):
      "policy-verdict:\(match.rawValue) \(direction == .ingress ? "INGRESS" : "EGRESS")"
    }
  }

  var verdictText: String {
    guard case .policyVerdict(_, _, let action) = event.kind else { return verdict.rawValue }
    return action.rawValue
  }

  /// Source: Cilium `pkg/hubble/parser/threefour/parser.go`, `pkg/hubble/parser/sock/parser.go`.
  var summary: String {
    switch event.summary {
    case .tcp(let flags): "TCP Flags: \(flags.hubbleNames.joined(separator: ", "))"
    case .udp: "UDP"
    case .icmp(let message): "ICMPv4 \(message.gopacketName)"
    case .socket(let transport): transport.name
    }
  }
}

extension TCPHeader.Flags {
  /// In Hubble's order.
  var hubbleNames: [String] {
    let names: [(TCPHeader.Flags, String)] = [
      (.syn, "SYN"), (.ack, "ACK"), (.rst, "RST"), (.fin, "FIN"), (.psh, "PSH"), (.urg, "URG"),
    ]
    return names.filter { contains($0.0) }.map(\.1)
  }
}

extension ICMPHeader.Message {
  /// The type and code as gopacket writes them.
  ///
  /// Source: gopacket `layers/icmp4.go`.
  var gopacketName: String {
    switch self {
    case .echoRequest: "EchoRequest"
    case .echoReply: "EchoReply"
    case .timeExceeded: "TimeExceeded(TTLExceeded)"
    case .redirect: "Redirect(Host)"
    case .destinationUnreachable(let reason): "DestinationUnreachable(\(reason.gopacketName))"
    }
  }
}

extension ICMPHeader.Unreachable {
  /// Source: gopacket `layers/icmp4.go`, `icmpv4TypeCodeInfo`.
  fileprivate var gopacketName: String {
    switch self {
    case .network: "Net"
    case .host: "Host"
    case .protocol: "Protocol"
    case .port: "Port"
    case .fragmentationNeeded: "FragmentationNeeded"
    case .administrativelyProhibited: "CommAdminProhibited"
    }
  }
}
