import NetModel

/// `ip route get`.
///
/// Source: iproute2 `ip/iproute.c`, `iproute_get`.
struct RouteGet {
  var query: RouteQuery
  /// The route itself is asked for, not what follows from it.
  var isFIBMatch = false
  /// The question is asked twice; that the second should name the source of the first answer, iproute2 6.1
  /// has forgotten.
  var isConnected = false
  /// What was odd but not wrong, for standard error.
  var warning = ""

  init(_ arguments: inout IPArguments, family: IPFamily?, view: StackView) throws(IPFailure) {
    var destination: IPv4Address?
    query = RouteQuery(destination: .any)
    while let word = arguments.next() {
      if let meaning = Self.words.meaning(of: word) {
        try take(meaning, word, &arguments, family: destination == nil ? family : .inet)
      } else {
        var here = IPArguments([word])
        _ = word == "to" ? here.next() : nil
        if IPKeyword.short("help", ()).matches(word) { throw .help }
        let known = destination == nil && query.source == nil ? family : .inet
        let prefix = try word == "to" ? arguments.prefix(family: known) : here.prefix(family: known)
        destination = prefix.address
        warn(about: prefix)
      }
    }
    guard let destination else { throw .refused("need at least a destination address", status: 1) }
    query.destination = destination
    query.inputInterface = try query.inputInterface.map { name throws(IPFailure) in try view.device(name) }
    query.outputInterface = try query.outputInterface.map { name throws(IPFailure) in try view.device(name) }
  }

  private enum Word {
    case tos, from, input, mark, output, connected, fibMatch, sourcePort, destinationPort, ipProtocol
    case notModelled
  }

  private static let words: [IPKeyword<Word>] = [
    .full("tos", .tos), .short("dsfield", .tos), .short("from", .from), .short("iif", .input),
    .short("mark", .mark), .short("oif", .output), .full("dev", .output), .short("notify", .notModelled),
    .short("connected", .connected), .short("vrf", .notModelled), .short("uid", .notModelled),
    .short("fibmatch", .fibMatch), .full("as", .notModelled), .short("sport", .sourcePort),
    .short("dport", .destinationPort), .short("ipproto", .ipProtocol),
  ]

  private mutating func take(
    _ meaning: Word, _ word: String, _ arguments: inout IPArguments, family: IPFamily?
  ) throws(IPFailure) {
    switch meaning {
    case .tos: query.tos = try arguments.trafficClass(complaint: "TOS value is invalid\n")
    case .from:
      let source = try arguments.prefix(family: family).address
      query.source = source == .any ? nil : source
    case .input: query.inputInterface = try arguments.value()
    case .mark: query.mark = UInt32(try arguments.number(complaint: "invalid mark value"))
    case .output: query.outputInterface = try arguments.value()
    case .connected: isConnected = true
    case .fibMatch: isFIBMatch = true
    case .sourcePort: query.sourcePort = try port("sport", &arguments)
    case .destinationPort: query.destinationPort = try port("dport", &arguments)
    case .ipProtocol: query.ipProtocol = try arguments.ipProtocol()
    case .notModelled: throw .notModelled(word)
    }
  }

  private func port(_ name: String, _ arguments: inout IPArguments) throws(IPFailure) -> UInt16 {
    UInt16(try arguments.number(atMost: Int(UInt16.max), complaint: "invalid \(name)\n"))
  }

  private mutating func warn(about prefix: IPPrefixArgument) {
    guard prefix.length != 32, prefix.hasAddress else { return }
    warning += "Warning: /\(prefix.length) as prefix is invalid, only /32 (or none) is supported.\n"
  }
}

extension StackView {
  /// The kernel's name for an interface that may be written by an alternative name.
  ///
  /// - Throws: `noSuchDevice`.
  func device(_ name: String) throws(IPFailure) -> String {
    guard let interface = interface(named: name) else { throw .noSuchDevice(name) }
    return interface.name
  }
}

extension RouteGet {
  /// - Throws: `kernel` where the packet goes nowhere.
  func output(view: StackView, style: IPStyle) throws(IPFailure) -> String {
    let answer = try answer(to: view.stack.lookup(query), view: view, style: style)
    return isConnected && query.source == nil ? answer + answer : answer
  }

  private func answer(
    to lookup: RouteLookup, view: StackView, style: IPStyle
  ) throws(IPFailure) -> String {
    let message =
      try isFIBMatch
      ? RouteMessage(matching: lookup, in: view.stack)
      : RouteMessage(answering: lookup, in: view.stack)
    var entry = IPEntry(style: style)
    RouteEntry(route: message).write(to: &entry)
    return listing([entry], style: style)
  }
}
