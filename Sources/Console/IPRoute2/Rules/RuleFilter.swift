import NetModel

/// `ip rule show` and which rules it is to list.
///
/// Source: iproute2 `ip/iprule.c`, `iprule_list_flush_or_save` and `filter_nlmsg`.
struct RuleFilter {
  var priority: UInt32?
  var isInverted = false
  var tos: UInt8?
  var mark: UInt32?
  var markMask: UInt32?
  var inputInterface: String?
  var outputInterface: String?
  var table: TableID?
  var source: IPPrefixArgument?
  var destination: IPPrefixArgument?
  var ipProtocol: UInt8?

  init(_ arguments: inout IPArguments) throws(IPFailure) {
    while let word = arguments.next() {
      switch Self.words.meaning(of: word) {
      case .priority: priority = UInt32(try arguments.number(complaint: "preference value is invalid\n"))
      case .not: isInverted = true
      case .tos: tos = try arguments.trafficClass(complaint: "TOS value is invalid\n")
      case .mark: (mark, markMask) = try arguments.mark()
      case .input: inputInterface = try arguments.value()
      case .output: outputInterface = try arguments.value()
      case .table: table = try arguments.table(complaint: "table id value is invalid\n")
      case .source: source = try arguments.prefix(family: .inet)
      case .destination: destination = try arguments.prefix(family: .inet)
      case .ipProtocol: ipProtocol = try arguments.ipProtocol()
      case .notModelled: throw .notModelled(word)
      case nil:
        var here = IPArguments([word])
        destination = try here.prefix(family: .inet)
      }
    }
  }

  private enum Word {
    case priority, not, tos, mark, input, output, table, source, destination, ipProtocol, notModelled
  }

  private static let words: [IPKeyword<Word>] = [
    .short("preference", .priority), .short("order", .priority), .short("priority", .priority),
    .full("not", .not), .full("tos", .tos), .full("dsfield", .tos), .full("fwmark", .mark),
    .full("dev", .input), .full("iif", .input), .full("oif", .output), .full("l3mdev", .notModelled),
    .full("uidrange", .notModelled), .short("tun_id", .notModelled), .short("lookup", .table),
    .short("table", .table), .short("from", .source), .short("src", .source),
    .short("protocol", .notModelled), .full("ipproto", .ipProtocol), .full("sport", .notModelled),
    .full("dport", .notModelled), .short("dst", .destination), .short("to", .destination),
  ]

  func selects(_ rule: RoutingRule) -> Bool {
    let selector = rule.selector
    guard priority == nil || priority == rule.priority, !isInverted || selector.isInverted else {
      return false
    }
    guard tos == nil || tos == selector.tos, selectsMark(of: selector) else { return false }
    guard inputInterface == nil || inputInterface == selector.inputInterface else { return false }
    guard outputInterface == nil || outputInterface == selector.outputInterface else { return false }
    guard ipProtocol ?? 0 == 0 || ipProtocol == selector.ipProtocol else { return false }
    if let table, table.number != 0, rule.action != .lookup(table) { return false }
    return Self.matches(source, selector.source) && Self.matches(destination, selector.destination)
  }

  /// A mark or mask of 0 asks for nothing.
  private func selectsMark(of selector: RoutingRule.Selector) -> Bool {
    if let mark, mark != 0, mark != selector.mark ?? 0 { return false }
    guard let markMask, markMask != 0 else { return true }
    return markMask == (selector.mark == nil ? 0 : selector.markMask)
  }

  private static func matches(_ asked: IPPrefixArgument?, _ prefix: IPv4Prefix?) -> Bool {
    guard let asked, asked.length > 0 else { return true }
    guard let prefix, prefix.length >= asked.length else { return false }
    return asked.prefix.contains(prefix.address)
  }
}

extension RuleFilter {
  func output(of stack: NetworkStack, style: IPStyle) -> String {
    let entries = stack.rules.filter(selects).map { rule in
      var entry = IPEntry(style: style)
      RuleEntry(rule: rule, stack: stack).write(to: &entry)
      return entry
    }
    return listing(entries, style: style)
  }
}
