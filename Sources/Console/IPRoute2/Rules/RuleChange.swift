import ControlPlane
import NetModel

/// `ip rule add` and `del`: the rule that a user wrote down.
///
/// Source: iproute2 `ip/iprule.c`, `iprule_modify`.
struct RuleChange {
  private var priority: UInt32?
  private var selector = RoutingRule.Selector()
  private var action: RoutingRule.Action?
  private var suppressPrefixLength: Int?
  private var suppressInterfaceGroup: String?
  private var origin = RouteProtocol.unspecified

  init(_ arguments: inout IPArguments) throws(IPFailure) {
    while let word = arguments.next() {
      guard let meaning = Self.words.meaning(of: word) else { throw Self.unknownType(word) }
      try take(meaning, word, &arguments)
    }
  }

  private enum Word {
    case not, source, destination, priority, tos, mark, input, output, ipProtocol, sourcePort, destinationPort
    case table, length, group, origin, type, goto, blackhole, unreachable, prohibit, nop
    case notModelled
  }

  private static let words: [IPKeyword<Word>] = [
    .full("not", .not), .full("from", .source), .full("to", .destination), .short("preference", .priority),
    .short("order", .priority), .short("priority", .priority), .full("tos", .tos), .short("dsfield", .tos),
    .full("fwmark", .mark), .short("realms", .notModelled), .short("protocol", .origin),
    .short("tun_id", .notModelled), .short("table", .table), .full("lookup", .table),
    .short("suppress_prefixlength", .length), .full("sup_pl", .length), .short("suppress_ifgroup", .group),
    .full("sup_group", .group), .full("dev", .input), .full("iif", .input), .full("oif", .output),
    .full("l3mdev", .notModelled), .full("uidrange", .notModelled), .full("nat", .notModelled),
    .short("map-to", .notModelled), .full("ipproto", .ipProtocol), .full("sport", .sourcePort),
    .full("dport", .destinationPort), .full("type", .type), .full("goto", .goto), .full("nop", .nop),
    .full("blackhole", .blackhole), .full("unreachable", .unreachable), .full("prohibit", .prohibit),
  ]

  private static func unknownType(_ word: String) -> IPFailure {
    .wrongArgument(word, "Failed to parse rule type\n")
  }

  private mutating func take(
    _ meaning: Word, _ word: String, _ arguments: inout IPArguments
  ) throws(IPFailure) {
    switch meaning {
    case .not: selector.isInverted = true
    case .source: selector.source = try Self.prefix(&arguments)
    case .destination: selector.destination = try Self.prefix(&arguments)
    case .priority: priority = UInt32(try arguments.number(complaint: "preference value is invalid\n"))
    case .tos: selector.tos = try arguments.trafficClass(complaint: "TOS value is invalid\n")
    case .mark: try takeMark(&arguments)
    case .input: selector.inputInterface = try arguments.value()
    case .output: selector.outputInterface = try arguments.value()
    case .ipProtocol: selector.ipProtocol = try arguments.ipProtocol()
    case .sourcePort: selector.sourcePorts = try Self.ports(&arguments, "invalid port \"sport\"\n")
    case .destinationPort: selector.destinationPorts = try Self.ports(&arguments, "invalid dport \"dport\"\n")
    case .table: action = .lookup(try arguments.table(complaint: "invalid table ID\n"))
    case .length:
      suppressPrefixLength = try arguments.number(
        atMost: 32, complaint: "suppress_prefixlength value is invalid\n")
    case .group: suppressInterfaceGroup = try arguments.value()
    case .origin: try takeOrigin(arguments.value())
    case .type: break
    case .goto: action = .goto(UInt32(try arguments.number(complaint: "invalid target\n")))
    case .blackhole: action = .blackhole
    case .unreachable: action = .unreachable
    case .prohibit: action = .prohibit
    case .nop: action = .nop
    case .notModelled: throw .notModelled("rule \(word)")
    }
  }

  /// A prefix of length 0 asks for nothing.
  private static func prefix(_ arguments: inout IPArguments) throws(IPFailure) -> IPv4Prefix? {
    let prefix = try arguments.prefix(family: .inet).prefix
    return prefix.length == 0 ? nil : prefix
  }

  private static func ports(
    _ arguments: inout IPArguments, _ complaint: String
  ) throws(IPFailure) -> ClosedRange<UInt16> {
    let word = try arguments.value()
    let ends = word.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      .map { ipNumber($0, atMost: 65535).map(UInt16.init) }
    guard let first = ends[0], let last = ends.count == 2 ? ends[1] : first, first <= last else {
      throw .wrongArgument(word, complaint)
    }
    return first...last
  }

  private mutating func takeMark(_ arguments: inout IPArguments) throws(IPFailure) {
    let (mark, mask) = try arguments.mark()
    selector.mark = mark
    if let mask { selector.markMask = mask }
  }

  private mutating func takeOrigin(_ word: String) throws(IPFailure) {
    guard let origin = RouteProtocol(parsing: word) else {
      throw .wrongArgument(word, "\"protocol\" value is invalid\n")
    }
    self.origin = origin
  }

  /// Without a table it is the main one.
  func addition(to stack: NetworkStack) -> Edit {
    let rule = RoutingRule(
      priority: priority ?? stack.rules.defaultPriority, selector: selector, action: action ?? .lookup(.main),
      suppressPrefixLength: suppressPrefixLength, suppressInterfaceGroup: suppressInterfaceGroup,
      protocol: origin)
    return .addRule(rule, on: stack.id)
  }

  /// - Throws: the kernel's answer where no rule has all that was written.
  func deletion(from stack: NetworkStack) throws(IPFailure) -> Edit {
    guard let rule = stack.rules.first(where: fits) else { throw IPFailure(.noSuchRule) }
    return .deleteRule(rule, on: stack.id)
  }

  /// What was not written fits anything, and so does 0; whether a rule is inverted does not matter.
  ///
  /// Source: Linux `net/core/fib_rules.c`, `rule_find`; `net/ipv4/fib_rules.c`, `fib4_rule_compare`.
  private func fits(_ rule: RoutingRule) -> Bool {
    let other = rule.selector
    let hasMask = selector.mark != nil && selector.markMask != .max
    return Self.fits(priority, rule.priority) && Self.fits(action, rule.action)
      && Self.fits(selector.source, other.source) && Self.fits(selector.destination, other.destination)
      && (selector.tos == 0 || selector.tos == other.tos)
      && Self.fits(selector.mark, other.mark ?? 0) && (!hasMask || selector.markMask == other.markMask)
      && Self.fits(selector.inputInterface, other.inputInterface)
      && Self.fits(selector.outputInterface, other.outputInterface)
      && Self.fits(selector.ipProtocol, other.ipProtocol)
      && Self.fits(selector.sourcePorts, other.sourcePorts)
      && Self.fits(selector.destinationPorts, other.destinationPorts)
  }

  private static func fits<Value: Equatable>(_ wanted: Value?, _ value: Value?) -> Bool {
    wanted == nil || wanted == value
  }
}
