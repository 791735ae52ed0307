import ControlPlane
import NetModel
import PacketTrace

extension English {
  package func label(_ label: Label) -> String {
    switch label {
    case .won: "won"
    case .lost: "lost"
    case .nearest: "near"
    case .table: "table"
    case .packet: "packet"
    case .changed: "changed"
    case .remark: "note"
    case .grounds: "grounds"
    case .outcome: "outcome"
    case .reply: "reply"
    case .native: "native"
    case .tunnel: "tunnel"
    case .same: "same"
    }
  }

  package func headline(_ flow: NamedFlow) -> String {
    let destination = flow.destination.labelled
    return switch flow.flow.content {
    case .transport(let transport, let port):
      "\(flow.source.labelled) to \(destination), \(transport.name) port \(port)"
    case .echo: "\(flow.source.labelled) to \(destination), ICMP echo request"
    }
  }

  package func setting(_ setting: ReportSetting) -> String {
    let chapter = setting.chapter.map { ", chapter \(visible($0))" } ?? ""
    return "Lab \(visible(setting.lab))\(chapter), routing mode \(setting.mode.rawValue)"
  }

  package func setting(_ left: ReportSetting, _ right: ReportSetting) -> String {
    let chapter = left.chapter.map { ", chapter \(visible($0))" } ?? ""
    return "Lab \(visible(left.lab))\(chapter), left \(left.mode.rawValue), right \(right.mode.rawValue)"
  }

  package func path(number: Int, of count: Int, _ path: Path) -> String {
    let backend = path.backend.map { ": backend \($0.text)" } ?? ""
    let branch = path.branch.map { ", by \($0.gateway) from \($0.node)" } ?? ""
    return "Path \(number) of \(count)\(backend)\(branch)"
  }

  package func replyTitle() -> String { "The answer" }

  package func hop(number: Int, of count: Int, _ hop: Hop) -> String {
    "Hop \(number) of \(count): \(visible(hop.node.name))"
  }

  package func passage(_ hop: Hop) -> String {
    var words = [hop.arrival.map { "in by \(visible($0))" } ?? "its own packet"]
    if let departure = hop.departure { words.append("out by \(visible(departure))") }
    switch hop.ttlOnDeparture {
    case nil: words.append("TTL \(hop.ttlOnArrival), ends here")
    case hop.ttlOnArrival: words.append("TTL stays \(hop.ttlOnArrival)")
    case let after?: words.append("TTL \(hop.ttlOnArrival) to \(after)")
    }
    if hop.isEncapsulated { words.append("leaves in a tunnel") }
    return words.joined(separator: ", ")
  }

  package func step(number: Int, of count: Int, _ step: Step) -> String {
    "Step \(number) of \(count): \(title(step.kind))"
  }

  package func place(_ step: Step) -> String {
    let device = step.device.map { " on \(visible($0))" } ?? ""
    return "\(step.hook.rawValue)\(device) of \(step.stack.shortName)"
  }

  package func fixesTitle(_ count: Int) -> String {
    count == 1 ? "The smallest fix that makes the round trip work" : "Fixes that make the round trip work"
  }

  package func fix(_ command: EditCommand) -> String {
    command.host.map { "on \($0.shortName): \(visible(command.line))" } ?? visible(command.line)
  }

  package func firstDifference(_ difference: WalkComparison.Difference) -> String {
    let way = difference.isReply ? " of the answer" : ""
    let end =
      switch difference.side {
      case .both: "both go on, each in its own way"
      case .left: "only the left goes on"
      case .right: "only the right goes on"
      }
    return "First difference\(way): step \(difference.step + 1) on \(visible(difference.node.name)); \(end)."
  }

  package func reachTitle(reached: Int, of pairs: Int) -> String {
    "\(reached) of \(pairs) pairs reach each other; rows send, columns answer"
  }

  package func noDifference() -> String { "No difference from beginning to end." }

  package func grounds(_ grounds: Grounds) -> String {
    switch grounds {
    case .recorded(let source): "recorded (\(source))"
    case .documented(let source): "documented (\(source))"
    case .assumed(let source): "assumed (\(source))"
    }
  }

  package func field(_ name: PacketField.Name) -> String {
    switch name {
    case .source: "source"
    case .destination: "destination"
    case .ttl: "TTL"
    case .identification: "identification"
    case .dontFragment: "don't fragment"
    case .tos: "type of service"
    case .length: "length"
    case .sourcePort: "source port"
    case .destinationPort: "destination port"
    case .sequence: "sequence number"
    case .acknowledgment: "acknowledgment"
    case .flags: "flags"
    case .window: "window"
    case .serviceAddress: "address of the Service (DSR option)"
    case .servicePort: "port of the Service (DSR option)"
    case .maximumSegmentSize: "maximum segment size"
    case .selectiveAcknowledgmentPermitted: "selective acknowledgment permitted"
    case .timestamp: "timestamp"
    case .timestampEcho: "timestamp echo"
    case .windowScale: "window scale"
    case .hasChecksum: "checksum present"
    case .type: "type"
    case .code: "code"
    case .identifier: "identifier"
    case .mtu: "MTU"
    case .gateway: "gateway"
    case .vni: "VNI"
    case .operation: "operation"
    case .senderMAC: "sender MAC"
    case .senderAddress: "sender address"
    case .targetMAC: "target MAC"
    case .targetAddress: "target address"
    }
  }

  package func changed(_ field: PacketDiff.FieldChange, of header: Packet.Header.Kind) -> String {
    let name = "\(header.name) \(self.field(field.name))"
    return switch (field.before, field.after) {
    case (let before?, let after?): "\(name) from \(before) to \(after)"
    case (nil, let after?): "\(name) \(after) added"
    case (let before?, nil): "\(name) \(before) removed"
    case (nil, nil): name
    }
  }

  package func added(_ header: Packet.Header.Kind) -> String { "\(header.name) header put on" }

  package func removed(_ header: Packet.Header.Kind) -> String { "\(header.name) header taken off" }

  package func payloadChanged(from before: Int, to after: Int) -> String {
    "payload from \(before) to \(after) bytes"
  }
}
