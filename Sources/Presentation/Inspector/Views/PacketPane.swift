import NetModel
import PacketTrace

/// The packet as a stack of headers, outermost first, with what the current step changed; fields that say
/// nothing are left out.
struct PacketPane {
  let before: Packet
  let after: Packet
  let words: InspectorWords
  let columns: Int

  /// The column that holds the headers' names.
  private static let nameColumns = 9

  var items: [PaneContent.Item] {
    let diff = PacketDiff(from: before, to: after)
    let gone = diff.headers.filter { if case .removed = $0.change { true } else { false } }
    let kept = diff.headers.dropFirst(gone.count)
    var items = gone.map { item(ofRemoved: $0) }
    for (index, header) in kept.enumerated() {
      items.append(item(ofHeaderAt: index, header.change))
    }
    if after.payloadLength > 0 || diff.payloadLength != nil {
      items.append(payloadItem(diff.payloadLength?.before))
    }
    return items
  }

  private func item(ofRemoved header: PacketDiff.Header) -> PaneContent.Item {
    guard case .removed(let fields) = header.change else { return PaneContent.Item([]) }
    let texts = lines(fields.filter(\.name.isAddressing))
    return item(header.kind, texts.map { ($0, words.removed, .dim) }, role: .dim)
  }

  private func item(ofHeaderAt index: Int, _ change: PacketDiff.HeaderChange) -> PaneContent.Item {
    let kind = after.headers[index].kind
    let fields = after.fields(ofHeaderAt: index)
    guard case .kept(let changes) = change else {
      let texts = lines(fields.filter(\.saysSomething))
      return item(kind, texts.map { ($0, words.new, .changed) }, role: .changed)
    }
    let changed = Set(changes.map(\.name))
    let quiet = fields.filter { !changed.contains($0.name) && $0.saysSomething }
    let marked = changes.flatMap { lines(of: $0) }
    return item(kind, lines(quiet).map { ($0, "", .plain) } + marked, role: .plain)
  }

  private func item(
    _ kind: Packet.Header.Kind, _ texts: [(text: String, mark: String, role: Style.Role)], role: Style.Role
  ) -> PaneContent.Item {
    let name = kind.name.padded(columns: PacketPane.nameColumns)
    let blank = String(repeating: " ", count: PacketPane.nameColumns)
    let shown = texts.isEmpty ? [("", "", role)] : texts
    return PaneContent.Item(
      shown.enumerated().map { index, line in
        StyledLine(index == 0 ? name : blank, index == 0 ? (role == .plain ? .title : role) : line.2)
          .adding(line.0, line.2).trailing(line.1, line.2, columns: columns)
      })
  }

  private func payloadItem(_ before: Int?) -> PaneContent.Item {
    let text = "\(after.payloadLength) \(words.bytes)"
    let blank = "data".padded(columns: PacketPane.nameColumns)
    guard let before else { return PaneContent.Item(StyledLine(blank, .title).adding(text)) }
    return PaneContent.Item(
      StyledLine(blank, .title).adding("\(text)  \(words.was) \(before)", .changed)
        .trailing(words.changed, .changed, columns: columns))
  }

  /// Fields as lines: both ends on one where they fit, the others one behind the other.
  private func lines(_ fields: [PacketField]) -> [String] {
    let room = columns - PacketPane.nameColumns - max(words.changed.cellWidth, words.new.cellWidth) - 1
    let ends = fields.filter(\.name.isAddressing)
    var lines: [String] = []
    let pair = ends.map(\.value.description).joined(separator: " > ")
    if ends.count == 2, pair.cellWidth <= columns - PacketPane.nameColumns {
      lines.append(pair)
    } else {
      lines += ends.map { "\($0.name.short) \($0.value)" }
    }
    var line = ""
    for field in fields where !field.name.isAddressing {
      let text = field.text
      if !line.isEmpty, line.cellWidth + 2 + text.cellWidth > room {
        lines.append(line)
        line = text
      } else {
        line += line.isEmpty ? text : "  \(text)"
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// A changed field with what it was before, on a line of its own where one is too short for both.
  private func lines(
    of change: PacketDiff.FieldChange
  ) -> [(text: String, mark: String, role: Style.Role)] {
    let after = "\(change.name.short) \(change.after.map(\.description) ?? words.none)"
    let before = "\(words.was) \(change.before.map(\.description) ?? words.none)"
    let room = columns - PacketPane.nameColumns - words.changed.cellWidth - 1
    guard after.cellWidth + 2 + before.cellWidth > room else {
      return [("\(after)  \(before)", words.changed, .changed)]
    }
    return [(after, words.changed, .changed), ("  \(before)", "", .changed)]
  }
}

extension PacketField.Name {
  /// One of the header's two ends.
  fileprivate var isAddressing: Bool {
    switch self {
    case .source, .destination, .sourcePort, .destinationPort: true
    default: false
    }
  }

  /// The field's name as tcpdump and its like have it.
  fileprivate var short: String {
    switch self {
    case .source: "src"
    case .destination: "dst"
    case .ttl: "ttl"
    case .identification: "id"
    case .dontFragment: "DF"
    case .tos: "tos"
    case .length: "len"
    case .sourcePort: "sport"
    case .destinationPort: "dport"
    case .sequence: "seq"
    case .acknowledgment: "ack"
    case .flags: "flags"
    case .window: "win"
    case .serviceAddress: "svc"
    case .servicePort: "svcport"
    case .maximumSegmentSize: "mss"
    case .selectiveAcknowledgmentPermitted: "sackOK"
    case .timestamp: "TS val"
    case .timestampEcho: "TS ecr"
    case .windowScale: "wscale"
    case .hasChecksum: "checksum"
    case .type: "type"
    case .code: "code"
    case .identifier: "id"
    case .mtu: "mtu"
    case .gateway: "gw"
    case .vni: "vni"
    case .operation: "op"
    case .senderMAC: "sha"
    case .senderAddress: "spa"
    case .targetMAC: "tha"
    case .targetAddress: "tpa"
    }
  }
}

extension PacketField {
  fileprivate var text: String {
    switch (name, value) {
    case (.flags, .flags(let names)): names.joined(separator: ",")
    case (.dontFragment, .flag(let isSet)): isSet ? "DF" : "no DF"
    case (.selectiveAcknowledgmentPermitted, .flag): "sackOK"
    default: "\(name.short) \(value)"
    }
  }

  /// False for what most packets have alike: zeros, and what the kernel fills in.
  fileprivate var saysSomething: Bool {
    switch name {
    case .tos, .acknowledgment, .identification: value != .number(0)
    case .hasChecksum, .window, .windowScale, .timestamp, .timestampEcho, .selectiveAcknowledgmentPermitted:
      false
    default: true
    }
  }
}
