import NetModel

/// What `curl` writes, in order: the body, and what `-v`, the progress meter and errors add.
struct CurlVoice: Sendable {
  private let options: CurlOptions
  private let wording: CurlVersion
  private var output = JobOutput()
  private var showsMeter = false
  /// Data that goes elsewhere than to the terminal is counted.
  ///
  /// Source: curl `src/tool_cb_dbg.c`.
  private var countsData = false

  var version: String { wording.text }

  /// What happens in a transfer.
  enum Event {
    case resolved(CurlTarget, IPv4Address, isName: Bool)
    case trying(IPv4Address, UInt16)
    case connected(CurlTarget, IPv4Address, after: Duration)
    case sent(HTTPRequest)
    case received(HTTPResponse, [UInt8], CurlFacts, showsHead: Bool)
    case failed(CurlFailure, CurlTarget, after: Duration)
  }

  init(_ options: CurlOptions, version: String) {
    self.options = options
    wording = CurlVersion(version)
  }

  /// A transfer begins.
  mutating func begin(showsMeter: Bool, countsData: Bool) {
    self.showsMeter = showsMeter
    self.countsData = countsData
    guard showsMeter else { return }
    output.writeError(CurlMeter.header + "\r" + CurlMeter.idle)
  }

  /// What the lab does not model is told on a line of its own.
  mutating func leaveMeter() {
    if showsMeter { output.writeError("\n") }
  }

  /// What is to be written.
  mutating func take() -> [JobOutput.Chunk] {
    output.take()
  }

  mutating func say(_ event: Event) {
    switch event {
    case .resolved(let target, let address, let isName):
      guard wording.saysMore, isName else { return }
      note("Host \(target.host):\(target.port) was resolved.")
      note("IPv6: (none)")
      note("IPv4: \(address)")
    case .trying(let address, let port): note("  Trying \(address):\(port)...")
    case .connected(let target, let address, _):
      note("Connected to \(target.host) (\(address)) port \(target.port)")
      if wording.saysMore { note("using HTTP/1.x") }
    case .sent(let request):
      for line in request.lines { verbose("> \(line)") }
      if wording.saysMore { note("Request completely sent off") }
    case .received(let response, let body, let facts, let showsHead):
      receive(response, body, facts, showsHead: showsHead)
    case .failed(let failure, let target, let elapsed): fail(failure, target, elapsed)
    }
  }

  private mutating func receive(
    _ response: HTTPResponse, _ body: [UInt8], _ facts: CurlFacts, showsHead: Bool
  ) {
    for line in response.headLines { verbose("< \(line)") }
    if showsHead, let stream = options.stream { output.write(response.headBytes, to: stream) }
    if options.isVerbose, countsData, !body.isEmpty { output.writeError("{ [\(body.count) bytes data]\n") }
    if let stream = options.stream { output.write(body, to: stream) }
    if showsMeter { output.writeError("\r" + CurlMeter.done(facts.size, in: facts.total) + "\n") }
    note(
      response.closes
        ? wording.saysMore ? "shutting down connection #0" : "Closing connection"
        : "Connection #0 to host \(facts.target.host) left intact")
    if let format = options.format { output.write(facts.text(format)) }
  }

  private mutating func fail(_ failure: CurlFailure, _ target: CurlTarget, _ elapsed: Duration) {
    let text = failure.text(target, after: elapsed, version: wording)
    note(text)
    note("Closing connection")
    if showsMeter { output.writeError("\r" + CurlMeter.idle + "\n") }
    if let format = options.format { output.write(CurlFacts(target: target).text(format)) }
    if !options.isSilent || options.showsErrors { output.writeError("curl: (\(failure.status)) \(text)\n") }
  }

  private mutating func note(_ text: String) {
    verbose("* \(text)")
  }

  private mutating func verbose(_ line: String) {
    if options.isVerbose { output.writeError(line + "\n") }
  }
}

/// The lines of curl's progress meter.
///
/// Source: curl `lib/progress.c`.
enum CurlMeter {
  static let header =
    "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
    + "                                 Dload  Upload   Total   Spent    Left  Speed\n"

  static let idle = "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"

  /// The line of a transfer that is complete.
  static func done(_ size: Int, in duration: Duration) -> String {
    let microseconds = max(duration.wholeMicroseconds, 1)
    let speed = amount(Int(Int64(size) * 1_000_000 / microseconds))
    let total = amount(size)
    return
      "100 \(total)  100 \(total)    0     0 \(right(speed, 6))      0 --:--:-- --:--:-- --:--:-- \(speed)"
  }

  /// A number of bytes in five places.
  ///
  /// Source: curl `lib/progress.c`, `max5data`.
  private static func amount(_ bytes: Int) -> String {
    switch bytes {
    case ..<100_000: right(String(bytes), 5)
    case ..<10_240_000: right("\(bytes / 1024)k", 5)
    case ..<104_857_600: right("\(bytes / 1_048_576).\(bytes % 1_048_576 * 10 / 1_048_576)M", 5)
    default: right("\(bytes / 1_048_576)M", 5)
    }
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
