/// One rule of policy routing, as `ip rule` shows it.
package struct RoutingRule: Hashable, Sendable {
  /// Lower numbers are asked first; equal ones in the order of the list.
  package var priority: UInt32
  package var selector: Selector
  package var action: Action
  /// Results whose prefix is this short or shorter do not count (`suppress_prefixlength`).
  package var suppressPrefixLength: Int?
  /// Results by an interface of this group do not count (`suppress_ifgroup`).
  package var suppressInterfaceGroup: String?
  package var `protocol`: RouteProtocol

  package init(
    priority: UInt32, selector: Selector = Selector(), action: Action, suppressPrefixLength: Int? = nil,
    suppressInterfaceGroup: String? = nil, protocol: RouteProtocol = .unspecified
  ) {
    self.priority = priority
    self.selector = selector
    self.action = action
    self.suppressPrefixLength = suppressPrefixLength
    self.suppressInterfaceGroup = suppressInterfaceGroup
    self.protocol = `protocol`
  }

  /// Which packets a rule is for; `nil` and 0 mean any.
  package struct Selector: Hashable, Sendable {
    /// The selector matches the packets that the rest does not match (`not`).
    package var isInverted = false
    package var source: IPv4Prefix?
    package var destination: IPv4Prefix?
    package var tos: UInt8 = 0
    package var mark: UInt32?
    package var markMask: UInt32 = .max
    package var inputInterface: String?
    package var outputInterface: String?
    package var ipProtocol: UInt8?
    package var sourcePorts: ClosedRange<UInt16>?
    package var destinationPorts: ClosedRange<UInt16>?

    package init() {}
  }

  package enum Action: Hashable, Sendable {
    case lookup(TableID)
    case goto(UInt32)
    case nop
    case blackhole, unreachable, prohibit
  }

  /// The three rules that a stack starts with.
  ///
  /// Source: Linux `net/ipv4/fib_rules.c`, `fib_default_rules_init`.
  package static let initial: [RoutingRule] = [
    RoutingRule(priority: 0, action: .lookup(.local), protocol: .kernel),
    RoutingRule(priority: 32766, action: .lookup(.main), protocol: .kernel),
    RoutingRule(priority: 32767, action: .lookup(.default), protocol: .kernel),
  ]
}
