import NetModel

/// What `curl` was asked to do.
///
/// Source: curl(1).
struct CurlOptions: Sendable {
  var targets: [CurlTarget] = []
  var method: String?
  var isHead = false
  var includesHead = false
  var isSilent = false
  var showsErrors = false
  var isVerbose = false
  var failsOnErrors = false
  /// The file that the body goes to; `nil` for standard output.
  var file: String?
  var connectTimeout: Duration?
  var totalTimeout: Duration?
  var headers: [HTTPHeader] = []
  var agent: String?
  var pinned: [Pin] = []
  var format: String?
  /// What a POST sends.
  var data: [String] = []
  /// The interface, or the address, that connections go out from.
  var interface: String?

  /// `--resolve`: the address of a name and port.
  struct Pin: Hashable, Sendable {
    var host: String
    var port: UInt16
    var address: IPv4Address
  }

  /// Where the body goes; `nil` where nobody wants it.
  var stream: JobOutput.Stream? {
    switch file {
    case "/dev/null": nil
    case let file?: .file(file)
    case nil: .standardOutput
    }
  }

  private static let table = CommandOptions.Table(
    flags: "sSvIikLfN4O", valued: "owmHXAd",
    long: [
      .flag("silent", as: "s"), .flag("show-error", as: "S"), .flag("verbose", as: "v"),
      .flag("head", as: "I"),
      .flag("include", as: "i"), .flag("show-headers", as: "i"), .flag("insecure", as: "k"),
      .flag("location", as: "L"), .flag("fail", as: "f"), .flag("no-buffer", as: "N"), .flag("ipv4", as: "4"),
      .flag("no-progress-meter"), .flag("remote-name", as: "O"), .flag("http1.1"), .value("output", as: "o"),
      .value("write-out", as: "w"),
      .value("max-time", as: "m"), .value("header", as: "H"), .value("request", as: "X"),
      .value("user-agent", as: "A"), .value("connect-timeout"), .value("resolve"), .value("url"),
      .value("noproxy"), .value("data", as: "d"), .value("data-ascii", as: "d"), .value("data-raw"),
      .value("interface"),
    ])

  init(_ arguments: [String]) throws(Refusal) {
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(arguments, CurlOptions.table)
    } catch {
      throw CurlOptions.refusal(of: error)
    }
    let urls = options.values("url") + options.operands
    guard !urls.isEmpty else {
      throw .complaint(
        "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
        status: 2)
    }
    for url in urls { targets.append(try CurlTarget(url)) }
    for (name, value) in options.given { try take(name, value) }
    if options.has("O") { file = try remoteName() }
    if isVerbose, !data.isEmpty { throw .notModelled("-d with -v") }
  }

  /// The name behind the last slash of the one URL.
  private func remoteName() throws(Refusal) -> String {
    let path = targets[0].path.prefix { $0 != "?" }
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    guard targets.count == 1, file == nil, !["", ".", ".."].contains(name) else { throw .notModelled("-O") }
    return name
  }

  private static func refusal(of failure: CommandOptions.Failure) -> Refusal {
    switch failure {
    case .notModelled(let word): .notModelled(word)
    case .missingValue(let name):
      .complaint(
        "curl: option \(name.count == 1 ? "-" : "--")\(name): requires parameter\n"
          + "curl: try 'curl --help' for more information\n", status: 2)
    }
  }

  private mutating func take(_ name: String, _ value: String) throws(Refusal) {
    switch name {
    case "s": isSilent = true
    case "no-progress-meter": hidesMeter = true
    case "S": showsErrors = true
    case "v": isVerbose = true
    case "I": isHead = true
    case "i": includesHead = true
    case "f": failsOnErrors = true
    case "X": method = value
    case "A": agent = value
    case "w": format = value
    case "m": totalTimeout = try duration(value, option: "-m")
    case "connect-timeout": connectTimeout = try duration(value, option: "--connect-timeout")
    case "H": headers.append(try header(value))
    case "resolve": pinned.append(try pin(value))
    case "o": file = value == "-" ? nil : value
    case "interface": interface = value
    case "d" where value.hasPrefix("@"): throw .notModelled("-d \(value)")
    case "d", "data-raw": data.append(value)
    default: break
    }
  }

  /// The progress meter is off though errors are shown.
  private(set) var hidesMeter = false

  private func duration(_ text: String, option: String) throws(Refusal) -> Duration {
    guard let duration = seconds(parsing: text) else {
      throw .complaint(
        "curl: option \(option): expected a proper numerical parameter\n"
          + "curl: try 'curl --help' for more information\n", status: 2)
    }
    return duration
  }

  private func header(_ text: String) throws(Refusal) -> HTTPHeader {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw .notModelled("-H \(text)") }
    return HTTPHeader(name: parts[0], value: String(parts[1].drop { $0 == " " }))
  }

  /// `HOST:PORT:ADDRESS`
  private func pin(_ text: String) throws(Refusal) -> Pin {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 3, let port = UInt16(parts[1]), let address = IPv4Address(parsing: parts[2]) else {
      throw .complaint("curl: (49) Couldn't parse CURLOPT_RESOLVE entry '\(text)'\n", status: 49)
    }
    return Pin(host: parts[0].lowercased(), port: port, address: address)
  }

  /// The request for one target.
  func request(for target: CurlTarget, version: String) -> HTTPRequest {
    let method = method ?? (isHead ? "HEAD" : data.isEmpty ? "GET" : "POST")
    let body = Array(data.joined(separator: "&").utf8)
    let usual = [
      HTTPHeader(name: "Host", value: target.hostHeader),
      HTTPHeader(name: "User-Agent", value: agent ?? "curl/\(version)"),
      HTTPHeader(name: "Accept", value: "*/*"),
    ]
    let replaced = usual.map { header in
      headers.last { $0.name.lowercased() == header.name.lowercased() } ?? header
    }
    let names = usual.map { $0.name.lowercased() }
    let added = headers.filter { !names.contains($0.name.lowercased()) }
    let sent = (replaced + added + (data.isEmpty ? [] : bodyHeaders(length: body.count))).filter {
      !$0.value.isEmpty
    }
    return HTTPRequest(method: method, target: target.path, headers: sent, body: body)
  }
}

extension CurlOptions {
  /// The headers of a POST, unless others were asked for.
  ///
  /// Source: curl `lib/http.c`.
  private func bodyHeaders(length: Int) -> [HTTPHeader] {
    let usual = [
      HTTPHeader(name: "Content-Length", value: String(length)),
      HTTPHeader(name: "Content-Type", value: "application/x-www-form-urlencoded"),
    ]
    return usual.filter { header in
      !headers.contains { $0.name.lowercased() == header.name.lowercased() }
    }
  }
}

/// One URL that `curl` is to fetch.
struct CurlTarget: Hashable, Sendable {
  var url: String
  var host: String
  var port: UInt16
  /// Path and query.
  var path: String
  /// By https: whether a connection comes about is modelled, what is said over it is not.
  var isSecure: Bool

  /// Source: RFC 3986; without a scheme, curl takes http.
  init(_ url: String) throws(Refusal) {
    self.url = url
    var rest = url[...]
    var isSecure = false
    if let scheme = url.firstRange(of: "://") {
      let name = url[..<scheme.lowerBound].lowercased()
      guard name == "http" || name == "https" else { throw .notModelled(url) }
      isSecure = name == "https"
      rest = url[scheme.upperBound...]
    }
    self.isSecure = isSecure
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let tail = rest[authority.endIndex...].prefix { $0 != "#" }
    path = tail.hasPrefix("/") ? String(tail) : "/" + tail
    let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard authority.isEmpty == false, !authority.contains("@"), !authority.hasPrefix("[") else {
      if authority.isEmpty {
        throw .complaint("curl: (3) URL using bad/illegal format or missing URL\n", status: 3)
      }
      throw .notModelled(url)
    }
    host = String(parts[0])
    guard parts.count == 2 else {
      port = isSecure ? 443 : 80
      return
    }
    guard let number = UInt16(parts[1]), number > 0 else {
      throw .complaint(
        "curl: (3) URL rejected: Port number was not a decimal number between 0 and 65535\n", status: 3)
    }
    port = number
  }

  var hostHeader: String { port == (isSecure ? 443 : 80) ? host : "\(host):\(port)" }
  var effectiveURL: String { "\(isSecure ? "https" : "http")://\(hostHeader)\(path)" }
}
