import NetModel
import PacketTrace

extension InspectorState {
  /// Every field of the packet after the current step, header by header.
  func fieldsContent(_ step: Step, columns: Int) -> PaneContent {
    let changed = Set(step.after.changedBytes(since: step.before))
    let fields = step.after.fields
    var items: [PaneContent.Item] = []
    for (index, field) in fields.enumerated() {
      let isFirst = index == 0 || fields[index - 1].header != field.header
      let heading = isFirst ? [headerLine(field.header, of: step.after, changed, columns: columns)] : []
      let isChanged = field.bytes.contains(where: changed.contains)
      let line = StyledLine("  \(words.name(field.name).padded(columns: words.fieldWidth)) ")
        .adding(field.text, isChanged ? .changed : .plain)
        .trailing(isChanged ? words.changed : "", .changed, columns: columns)
      items.append(PaneContent.Item(heading + [line], headingLines: heading.count))
    }
    return PaneContent(
      title: words.packet, detail: "\(step.after.length) \(words.bytes)", items: items,
      selected: cursors[.packet] ?? 0, marking: .always)
  }

  private func headerLine(
    _ index: Int, of packet: Packet, _ changed: Set<Int>, columns: Int
  ) -> StyledLine {
    let bytes = packet.offset(ofHeaderAt: index)..<packet.offset(ofHeaderAt: index + 1)
    let isNew = bytes.allSatisfy(changed.contains)
    return StyledLine(packet.headers[index].kind.name, .title)
      .adding("  \(bytes.count) \(words.bytes)", .dim)
      .trailing(isNew ? words.new : "", .changed, columns: columns)
  }

  /// What the selected field is for and where it is defined, with its bytes among the packet's.
  func fieldNoteContent(columns: Int) -> PaneContent {
    guard let step = stop?.step else { return PaneContent(title: words.field, items: []) }
    let fields = step.after.fields
    let index = min(max(0, cursors[.packet] ?? 0), fields.count - 1)
    guard fields.indices.contains(index) else { return PaneContent(title: words.field, items: []) }
    let field = fields[index]
    let header = step.after.headers[field.header].kind.name
    var items = [PaneContent.Item("\(header): \(words.name(field.name))", .title, columns: columns)]
    items.append(PaneContent.Item(words.meaning(of: field.name), columns: columns))
    items.append(PaneContent.Item(words.place(of: field), .dim, columns: columns))
    items.append(PaneContent.Item("\(words.definedIn) \(field.source.text)", .dim, columns: columns))
    items.append(PaneContent.Item(StyledLine()))
    let bytes = BytesPane(
      before: step.before, after: step.after, words: words, columns: columns, marked: field.bytes)
    let notes = items.count
    let position = bytes.position(ofByte: field.bytes.lowerBound)
    return PaneContent(
      title: words.field, items: items + bytes.items,
      selected: focus == .fieldNote ? cursors[.fieldNote] ?? 0 : position.map { notes + $0 } ?? 0,
      marking: marking(of: .fieldNote))
  }
}

extension HeaderField {
  /// The value as people write it: addresses, flags by their letters, what protocols call numbers in hex.
  fileprivate var text: String {
    switch value {
    case .mac(let mac): mac.description
    case .address(let address): address.description
    case .number(let number):
      switch name {
      case .etherType, .protocolType, .checksum, .flags, .typeOfService: hexadecimal(number)
      case .controlBits:
        "\(hexadecimal(number)) \(TCPHeader.Flags(rawValue: UInt8(truncatingIfNeeded: number)).letters)"
      case .headerLength: "\(number) (\(number * 4))"
      default: String(number)
      }
    }
  }

  private func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, (bitLength + 3) / 4 - digits.count)) + digits
  }
}

extension TCPHeader.Flags {
  /// The flags that are set, by their names (RFC 9293, section 3.1).
  fileprivate var letters: String {
    let names: [(TCPHeader.Flags, String)] = [
      (.urg, "URG"), (.ack, "ACK"), (.psh, "PSH"), (.rst, "RST"), (.syn, "SYN"), (.fin, "FIN"),
    ]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: " ")
  }
}

extension HeaderField.Source {
  /// `RFC 791, section 3.1`.
  var text: String {
    let document =
      switch self.document {
      case .rfc(let number): "RFC \(number)"
      case .ieee8023: "IEEE 802.3"
      }
    return section.isEmpty ? document : "\(document), \(section)"
  }
}
