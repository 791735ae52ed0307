import ControlPlane
import NetModel

/// What `dig` prints of an answer.
///
/// Source: BIND 9.20 `bin/dig/dig.c` (`printmessage`, `received`), `lib/dns/masterdump.c`; CoreDNS gives the cookie
/// back as it came and offers no recursion for its own zone.
struct DigReport: Sendable {
  let message: DNSMessage
  let words: [String]
  let server: IPv4Address
  let duration: Duration
  let time: WallTime
  let sections: Set<Section>

  enum Section: Hashable, Sendable, CaseIterable {
    case comments, question, answer, authority, statistics
  }

  var text: String {
    var parts: [String] = []
    if sections.contains(.comments) { parts.append(head) }
    if sections.contains(.question) {
      let question = message.question
      let row = Self.row([question.name + ".", "IN", question.type.name], columns: [32, 40])
      parts.append(titled("QUESTION", [";" + row]))
    }
    if sections.contains(.answer), !message.answers.isEmpty {
      parts.append(titled("ANSWER", message.answers.map(Self.row)))
    }
    if sections.contains(.authority), !message.authorities.isEmpty {
      parts.append(titled("AUTHORITY", message.authorities.map(Self.row)))
    }
    if sections.contains(.statistics) { parts.append(statistics) }
    return parts.joined()
  }

  private var head: String {
    let isLocal = message.question.name.hasSuffix(".local")
    let warning = """
      ;; WARNING: .local is reserved for Multicast DNS
      ;; You are currently testing what happens when an mDNS query is leaked to DNS

      """
    let flags = message.isAuthoritative ? "qr aa rd" : "qr rd"
    let cookie = message.identification.digits + message.identification.digits
    return """

      ; <<>> DiG 9.20 <<>> \(words.joined(separator: " "))
      ;; global options: +cmd
      ;; Got answer:
      \(isLocal ? warning : "");; ->>HEADER<<- opcode: QUERY, status: \(message.code.digName), id: \(message.identification)
      ;; flags: \(flags); QUERY: 1, ANSWER: \(message.answers.count), AUTHORITY: \(message.authorities.count), ADDITIONAL: 1
      ;; WARNING: recursion requested but not available

      ;; OPT PSEUDOSECTION:
      ; EDNS: version: 0, flags:; udp: 1232
      ; COOKIE: \(cookie)\(cookie) (echoed)

      """
  }

  private func titled(_ name: String, _ lines: [String]) -> String {
    let title = sections.contains(.comments) ? ";; \(name) SECTION:\n" : ""
    return title + lines.map { $0 + "\n" }.joined() + (sections.contains(.comments) ? "\n" : "")
  }

  /// Bytes of the option record with the cookie of a client.
  private static let optionLength = 11 + 12

  private var statistics: String {
    let parts = time.ctime.split(separator: " ").map(String.init)
    let day = parts[2].count == 1 ? "0" + parts[2] : parts[2]
    return """
      ;; Query time: \(duration.wholeMilliseconds) msec
      ;; SERVER: \(server)#53(\(server)) (UDP)
      ;; WHEN: \(parts[0]) \(parts[1]) \(day) \(parts[3]) UTC \(parts[4])
      ;; MSG SIZE  rcvd: \(message.bytes.count + Self.optionLength)


      """
  }

  private static func row(_ record: DNSMessage.Record) -> String {
    row(
      [record.name + ".", "\(record.ttl)", "IN", record.data.type.name, record.data.digText],
      columns: [24, 32, 40, 48])
  }

  /// Cells at their columns, tabs between them; a blank where a column is reached already.
  private static func row(_ cells: [String], columns: [Int]) -> String {
    var text = cells[0]
    var position = cells[0].count
    for (cell, column) in zip(cells.dropFirst(), columns) {
      if position >= column {
        text += " "
        position += 1
      } else {
        text += String(repeating: "\t", count: column / 8 - position / 8)
        position = column
      }
      text += cell
      position += cell.count
    }
    return text
  }
}

extension DNSMessage.RecordData {
  /// What stands behind the type in a zone's own notation (RFC 1035, section 5.1).
  var digText: String {
    switch self {
    case .address(let address): "\(address)"
    case .pointer(let target), .canonicalName(let target): "\(target)."
    case .startOfAuthority(let zone):
      "\(zone.server). \(zone.administrator). \(zone.serial) "
        + zone.intervals.map(String.init).joined(separator: " ")
    }
  }
}

extension DNSMessage.Code {
  fileprivate var digName: String {
    switch self {
    case .noError: "NOERROR"
    case .formatError: "FORMERR"
    case .serverFailure: "SERVFAIL"
    case .noSuchName: "NXDOMAIN"
    case .refused: "REFUSED"
    }
  }
}

extension UInt16 {
  fileprivate var digits: String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: 4 - text.count) + text
  }
}
