import NetModel
import PacketTrace

/// The packet's bytes header by header, with those that the current step changed.
struct BytesPane {
  let before: Packet
  let after: Packet
  let words: InspectorWords
  let columns: Int
  /// The bytes that the reader looks at.
  var marked: Range<Int> = 0..<0

  private static let nameColumns = 9
  private static let offsetColumns = 5

  /// Sixteen bytes a line where there is room for them and a mark, else eight, else four.
  private var bytesPerLine: Int {
    let room = columns - BytesPane.nameColumns
    return room >= BytesPane.offsetColumns + 16 * 3 + 9 ? 16 : room >= 8 * 3 ? 8 : 4
  }

  /// A line begins with the position of its first byte where there is room for that.
  private var showsOffsets: Bool {
    columns >= BytesPane.nameColumns + BytesPane.offsetColumns + bytesPerLine * 3
  }

  var items: [PaneContent.Item] {
    let bytes = after.bytes
    let changed = Set(after.changedBytes(since: before))
    let names = after.headers.map(\.kind.name) + ["data"]
    return names.enumerated().compactMap { index, name in
      let start = after.offset(ofHeaderAt: index)
      let end = index < after.headers.count ? after.offset(ofHeaderAt: index + 1) : bytes.count
      guard start < end else { return nil }
      return item(name, bytes, start..<end, changed)
    }
  }

  private func item(
    _ name: String, _ bytes: [UInt8], _ range: Range<Int>, _ changed: Set<Int>
  ) -> PaneContent.Item {
    let isNew = range.allSatisfy(changed.contains)
    let lines = stride(from: range.lowerBound, to: range.upperBound, by: bytesPerLine).map { start in
      let row = start..<min(start + bytesPerLine, range.upperBound)
      let title = (start == range.lowerBound ? name : "").padded(columns: BytesPane.nameColumns)
      let offset = showsOffsets ? hexadecimal(start, digits: 4) + " " : ""
      let line = StyledLine(title, .title).adding(offset, .dim)
      let mark = isNew ? words.new : row.contains(where: changed.contains) ? words.changed : ""
      return StyledLine(line.spans + row.map { span(bytes[$0], at: $0, isChanged: changed.contains($0)) })
        .trailing(mark, .changed, columns: columns)
    }
    return PaneContent.Item(lines)
  }

  /// The item that shows a byte; `nil` where none does.
  func position(ofByte byte: Int) -> Int? {
    let ends = (0...after.headers.count).map { after.offset(ofHeaderAt: $0) }
    return ends.lastIndex { $0 <= byte }
  }

  /// A changed byte has a star in front of it, one that the reader looks at an equals sign.
  private func span(_ byte: UInt8, at position: Int, isChanged: Bool) -> StyledLine.Span {
    let text = hexadecimal(Int(byte), digits: 2)
    if marked.contains(position) { return StyledLine.Span((isChanged ? "*" : "=") + text, .current) }
    return StyledLine.Span((isChanged ? "*" : " ") + text, isChanged ? .changed : .plain)
  }

  private func hexadecimal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
