import NetModel

/// What `curl -w` can tell of a transfer.
///
/// Source: curl(1), `--write-out`; `src/tool_writeout.c`.
struct CurlFacts: Sendable {
  var target: CurlTarget
  var address: IPv4Address?
  /// The first packet that was sent.
  var client: Packet?
  var response: HTTPResponse?
  /// Bytes of the body.
  var size = 0
  var connect = Duration.zero
  var total = Duration.zero

  /// The text with every `%{NAME}` and escape replaced; unknown names vanish.
  func text(_ format: String) -> String {
    var text = ""
    var rest = format[...]
    while let character = rest.popFirst() {
      if character == "\\", let escaped = rest.popFirst() {
        text += CurlFacts.escapes[escaped] ?? "\\\(escaped)"
      } else if character == "%", rest.first == "{", let end = rest.firstIndex(of: "}") {
        text += value(of: String(rest[rest.index(after: rest.startIndex)..<end]))
        rest = rest[rest.index(after: end)...]
      } else if character == "%", rest.first == "%" {
        rest.removeFirst()
        text += "%"
      } else {
        text.append(character)
      }
    }
    return text
  }

  private static let escapes: [Character: String] = ["n": "\n", "t": "\t", "r": "\r"]

  private func value(of name: String) -> String {
    switch name {
    case "http_code", "response_code": threeDigits(response?.status ?? 0)
    case "remote_ip": address?.description ?? ""
    case "remote_port": address == nil ? "0" : String(target.port)
    case "local_ip": client?.innerIP?.source.description ?? ""
    case "local_port": String(client?.tcp?.sourcePort ?? 0)
    case "size_download": String(size)
    case "time_connect": seconds(connect)
    case "time_namelookup": seconds(.zero)
    case "time_pretransfer", "time_starttransfer", "time_total": seconds(total)
    case "url", "url_effective": name == "url" ? target.url : target.effectiveURL
    case "http_version": response == nil ? "0" : "1.1"
    case "num_connects": response == nil ? "0" : "1"
    case "content_type": response?.headers.first { $0.name == "Content-Type" }?.value ?? ""
    default: ""
    }
  }

  private func threeDigits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 3 - text.count)) + text
  }

  private func seconds(_ duration: Duration) -> String {
    decimal(duration.wholeMicroseconds, digits: 6)
  }
}
