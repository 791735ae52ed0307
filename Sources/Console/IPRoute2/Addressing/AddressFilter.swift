import NetModel

/// Which interfaces and addresses `ip addr` and `ip link` are to list.
///
/// Source: iproute2 `ip/ipaddress.c`, `ipaddr_list_flush_or_save`.
struct AddressFilter {
  var family: IPFamily?
  var device: String?
  var prefix: IPPrefixArgument?
  var scope: RouteScope?
  var isUp = false
  var isSecondary: Bool?
  var hasNoPrefixRoute: Bool?
  /// A flag that no address of the model bears, or lacks one that each bears.
  var isImpossible = false
  var label: Glob?
  var group: String?
  /// The kind of device (`type veth`).
  var kind: String?

  init(_ arguments: inout IPArguments, family: IPFamily?) throws(IPFailure) {
    self.family = family
    while let word = arguments.next() {
      switch Self.words.meaning(of: word) {
      case .to: try takePrefix(&arguments)
      case .scope: try takeScope(&arguments)
      case .isUp: isUp = true
      case .label: label = Glob(try arguments.value())
      case .group: group = try arguments.value()
      case .kind: kind = try arguments.value()
      case .noMaster: break
      case .notModelled: throw .notModelled(word)
      case .flag(let flag): take(flag)
      case .device: try takeDevice(arguments.value())
      case nil: try takeDevice(word)
      }
    }
  }

  private enum Word {
    case to, scope, isUp, label, group, kind, noMaster, notModelled, device
    case flag(Flag)
  }

  private enum Flag {
    case secondary(Bool), noPrefixRoute(Bool), always, never
  }

  private static let words: [IPKeyword<Word>] =
    [
      .full("to", .to), .full("scope", .scope), .full("up", .isUp), .full("label", .label),
      .full("group", .group), .full("type", .kind), .full("nomaster", .noMaster),
      .full("master", .notModelled), .full("vrf", .notModelled), .full("dev", .device),
      .full("secondary", .flag(.secondary(true))), .full("-secondary", .flag(.secondary(false))),
      .full("primary", .flag(.secondary(false))), .full("-primary", .flag(.secondary(true))),
      .full("temporary", .flag(.secondary(true))), .full("-temporary", .flag(.secondary(false))),
      .full("noprefixroute", .flag(.noPrefixRoute(true))),
      .full("-noprefixroute", .flag(.noPrefixRoute(false))),
      .full("permanent", .flag(.always)), .full("-dynamic", .flag(.always)),
      .full("dynamic", .flag(.never)), .full("-permanent", .flag(.never)),
    ] + unusedFlags.map { .full($0, .flag(.never)) } + unusedFlags.map { .full("-\($0)", .flag(.always)) }

  /// Flags that the model's addresses never bear.
  private static let unusedFlags = [
    "nodad", "optimistic", "dadfailed", "home", "deprecated", "tentative", "mngtmpaddr", "autojoin",
    "stable-privacy",
  ]

  private mutating func take(_ flag: Flag) {
    switch flag {
    case .secondary(let value): isSecondary = value
    case .noPrefixRoute(let value): hasNoPrefixRoute = value
    case .always: break
    case .never: isImpossible = true
    }
  }

  private mutating func takePrefix(_ arguments: inout IPArguments) throws(IPFailure) {
    let prefix = try arguments.prefix(family: family)
    self.prefix = prefix
    if prefix.hasAddress && family == nil { family = .inet }
  }

  private mutating func takeScope(_ arguments: inout IPArguments) throws(IPFailure) {
    let word = try arguments.value()
    scope = RouteScope(ipName: word)
    guard scope != nil || word == "all" else { throw .wrongArgument(word, "invalid \"scope\"\n") }
  }

  private mutating func takeDevice(_ word: String) throws(IPFailure) {
    if IPKeyword.short("help", ()).matches(word) { throw .help }
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    device = word
  }
}

extension AddressFilter {
  func selects(_ address: Interface.Address) -> Bool {
    guard family != .inet6, !isImpossible else { return false }
    guard scope == nil || scope == address.scope else { return false }
    guard isSecondary == nil || isSecondary == address.isSecondary else { return false }
    guard hasNoPrefixRoute == nil || hasNoPrefixRoute == address.noPrefixRoute else { return false }
    guard label?.matches(address.label) ?? true else { return false }
    return prefix?.prefix.contains(address.local.address) ?? true
  }

  func selects(_ address: IPv6InterfaceAddress, of interface: Interface) -> Bool {
    guard family == nil || family == .inet6, !isImpossible, isSecondary != true else { return false }
    guard scope == nil || scope == address.scope else { return false }
    guard hasNoPrefixRoute == nil || hasNoPrefixRoute == address.noPrefixRoute else { return false }
    return label?.matches(interface.name) ?? true
  }

  /// The interface is of the kind asked for.
  ///
  /// - Throws: `notModelled` where an import does not say what kind it is.
  func matchesKind(of interface: Interface) throws(IPFailure) -> Bool {
    guard let kind else { return true }
    switch interface.attachment {
    case .veth: return kind == "veth"
    case .dummy: return kind == "dummy"
    case .tunnel(let tunnel): return kind == tunnel.rawValue
    case .loopback, .wire: return false
    case .unknown: throw .notModelled("type")
    }
  }
}

/// A shell pattern of `*` and `?`.
struct Glob: Hashable {
  private let pattern: [Character]

  init(_ pattern: String) {
    self.pattern = Array(pattern)
  }

  func matches(_ text: String) -> Bool {
    Glob.matches(pattern[...], Array(text)[...])
  }

  private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return matches(pattern.dropFirst(), text) || !text.isEmpty && matches(pattern, text.dropFirst())
    }
    guard let character = text.first, first == "?" || first == character else { return false }
    return matches(pattern.dropFirst(), text.dropFirst())
  }
}
