import NetModel

/// The counters that `ip -s` prints; the model knows packets and bytes, and loses none at an interface.
///
/// Source: iproute2 `ip/ipaddress.c`, `print_stats64`.
struct LinkStatistics {
  private let count: InterfaceCounters.Count

  init(_ count: InterfaceCounters.Count) {
    self.count = count
  }

  func write(to entry: inout IPEntry) {
    let received = [count.receivedBytes, count.receivedPackets, 0, 0, 0, 0]
    let sent = [count.sentBytes, count.sentPackets, 0, 0, 0, 0]
    let receivedNames = ["bytes", "packets", "errors", "dropped", "over_errors", "multicast"]
    let sentNames = ["bytes", "packets", "errors", "dropped", "carrier_errors", "collisions"]
    entry.addMember(
      "stats64",
      .object([
        .init("rx", Self.document(receivedNames, received)), .init("tx", Self.document(sentNames, sent)),
      ]))
    let heads = [
      ("RX", ["bytes", "packets", "errors", "dropped", "missed", "mcast"], received),
      ("TX", ["bytes", "packets", "errors", "dropped", "carrier", "collsns"], sent),
    ]
    var widths = ["*X errors:", "packets", "errors", "dropped", "heartbt", "overrun"].map(\.count)
    for (_, _, numbers) in heads {
      widths = zip(widths, numbers).map { max($0, String($1).count) }
    }
    let lines = heads.flatMap { label, names, numbers in
      [
        "    \(label): " + Self.row(names, [widths[0] - 4] + widths.dropFirst())
          + String(repeating: " ", count: "compressed".count),
        "    " + Self.row(numbers.map(String.init), widths),
      ]
    }
    entry.addText(lines.joined(separator: entry.style.lineBreak))
  }

  private static func document(_ names: [String], _ numbers: [Int]) -> JSONValue {
    .object(zip(names, numbers).map { .init($0, .number($1)) })
  }

  /// Right-aligned, a blank behind each.
  private static func row(_ cells: [String], _ widths: [Int]) -> String {
    zip(cells, widths).map { cell, width in
      String(repeating: " ", count: max(0, width - cell.count)) + cell + " "
    }.joined()
  }
}
