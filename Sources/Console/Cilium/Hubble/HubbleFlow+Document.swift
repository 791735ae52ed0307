import ControlPlane
import NetModel
import PacketTrace

extension HubbleFlow {
  /// The answer that holds the flow, as `-o json` prints it; what the model does not know is left out.
  ///
  /// Source: Cilium `api/v1/flow/flow.proto`, `api/v1/observer/observer.proto`.
  var document: JSONValue {
    let stamp = JSONValue.string(HubbleTime.text(time, .rfc3339Nano))
    let node = JSONValue.string(event.node.name)
    return .object([
      .init("flow", .object(fields(stamp, node))), .init("node_name", node), .init("time", stamp),
    ])
  }

  private func fields(_ stamp: JSONValue, _ node: JSONValue) -> [JSONValue.Member] {
    var fields: [JSONValue.Member] = [
      .init("time", stamp), .init("verdict", .string(verdict.rawValue)),
      .init(
        "IP",
        .object([
          .init("source", .string("\(source.address)")),
          .init("destination", .string("\(destination.address)")),
          .init("ipVersion", "IPv4"),
        ])), .init("l4", l4), .init("source", source.document), .init("destination", destination.document),
      .init("Type", "L3_L4"), .init("node_name", node),
    ]
    if case .dropped(_, let code) = event.kind { fields.insert(.init("drop_reason", .number(code)), at: 2) }
    if event.direction != .unknown { fields.append(.init("is_reply", .bool(event.direction == .reply))) }
    fields.append(.init("event_type", eventType))
    switch event.kind {
    case .trace(let point):
      fields.append(.init("trace_observation_point", .string(point.documentName)))
    case .dropped(_, let code):
      let name = DropReasonText.row(of: code)?.name ?? ""
      fields.append(.init("drop_reason_desc", .string(name)))
    case .policyVerdict(_, let direction, _):
      fields.append(.init("traffic_direction", direction == .ingress ? "INGRESS" : "EGRESS"))
    case .socket(let point):
      fields.append(.init("sock_xlate_point", .string(point.documentName)))
    }
    fields.append(.init("Summary", .string(summary)))
    return fields
  }

  private var l4: JSONValue {
    let ports: [JSONValue.Member] = [
      source.port.map { .init("source_port", .number(Int($0))) },
      destination.port.map { .init("destination_port", .number(Int($0))) },
    ].compactMap { $0 }
    switch event.summary {
    case .tcp(let flags):
      let names = flags.hubbleNames.map { JSONValue.Member($0, true) }
      return .object([.init("TCP", .object(ports + [.init("flags", .object(names))]))])
    case .socket(.tcp): return .object([.init("TCP", .object(ports))])
    case .socket(.sctp): return .object([.init("SCTP", .object(ports))])
    case .udp, .socket(.udp): return .object([.init("UDP", .object(ports))])
    case .icmp(let message): return .object([.init("ICMPv4", .object(message.fields))])
    }
  }

  /// Source: Cilium `pkg/monitor/api/types.go`.
  private var eventType: JSONValue {
    switch event.kind {
    case .dropped(_, let code): .object([.init("type", 1), .init("sub_type", .number(code))])
    case .trace(let point): .object([.init("type", 4), .init("sub_type", .number(point.code))])
    case .policyVerdict: .object([.init("type", 5)])
    case .socket: .object([.init("type", 7)])
    }
  }
}

extension HubbleFlow.End {
  fileprivate var document: JSONValue {
    var fields: [JSONValue.Member] = [.init("identity", .number(Int(identity.number)))]
    if identity.reservedName == nil { fields.append(.init("cluster_name", "default")) }
    if let pod { fields.append(.init("namespace", .string(pod.namespace))) }
    if !labels.isEmpty { fields.append(.init("labels", .array(labels.map { .string($0) }))) }
    if let pod { fields.append(.init("pod_name", .string(pod.name))) }
    if let workload {
      fields.append(.init("workloads", .array([.object([.init("name", .string(workload))])])))
    }
    return .object(fields)
  }
}

extension FlowEvent.ObservationPoint {
  fileprivate var documentName: String { rawValue.underscored }

  /// Source: Cilium `pkg/monitor/api/types.go`.
  fileprivate var code: Int {
    switch self {
    case .toEndpoint: 0
    case .toStack: 3
    case .toOverlay: 4
    case .toNetwork: 11
    }
  }
}

extension FlowEvent.SocketPoint {
  /// Source: Cilium `api/v1/flow/flow.proto`, `SocketTranslationPoint`.
  fileprivate var documentName: String {
    switch self {
    case .beforeForward: "SOCK_XLATE_POINT_PRE_DIRECTION_FWD"
    case .afterForward: "SOCK_XLATE_POINT_POST_DIRECTION_FWD"
    case .beforeReverse: "SOCK_XLATE_POINT_PRE_DIRECTION_REV"
    case .afterReverse: "SOCK_XLATE_POINT_POST_DIRECTION_REV"
    }
  }
}

extension ICMPHeader.Message {
  fileprivate var fields: [JSONValue.Member] {
    switch self {
    case .echoRequest: [.init("type", 8)]
    case .echoReply: []
    case .destinationUnreachable: [.init("type", 3)]
    case .timeExceeded: [.init("type", 11)]
    case .redirect: [.init("type", 5), .init("code", 1)]
    }
  }
}

extension String {
  /// `to-endpoint` as `TO_ENDPOINT`.
  fileprivate var underscored: String {
    uppercased().split(separator: "-").joined(separator: "_")
  }
}
