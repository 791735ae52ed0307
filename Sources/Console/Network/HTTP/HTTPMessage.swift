/// A request as a client sends it.
///
/// Source: RFC 9112.
struct HTTPRequest: Hashable, Sendable {
  var method: String
  /// Path and query.
  var target: String
  /// In the order in which they are sent.
  var headers: [HTTPHeader]
  var body: [UInt8] = []

  /// The lines in front of the body without their ends; the last is empty.
  var lines: [String] {
    ["\(method) \(target) HTTP/1.1"] + headers.map(\.line) + [""]
  }

  var bytes: [UInt8] { Array(lines.map { $0 + "\r\n" }.joined().utf8) + body }
}

/// A response as a server sends it.
struct HTTPResponse: Hashable, Sendable {
  var version = "HTTP/1.1"
  var status: Int
  var reason: String
  /// In the order in which they are sent.
  var headers: [HTTPHeader] = []
  var body: [UInt8] = []
  /// The server ends the connection behind it.
  var closes = false
  /// How long it keeps the connection open all the same.
  var closesAfter = Duration.zero

  /// The lines in front of the body without their ends; the last is empty.
  var headLines: [String] {
    ["\(version) \(status) \(reason)"] + headers.map(\.line) + [""]
  }

  var headBytes: [UInt8] { Array(headLines.map { $0 + "\r\n" }.joined().utf8) }
}

struct HTTPHeader: Hashable, Sendable {
  var name: String
  var value: String

  var line: String { "\(name): \(value)" }
}
