import NetModel

/// `ip neigh show` and which entries it is to list.
///
/// Source: iproute2 `ip/ipneigh.c`, `do_show_or_flush` and `print_neigh`.
struct NeighborFilter {
  var device: String?
  var prefix: IPPrefixArgument?
  /// All but NOARP, unless others are asked for.
  var states = Set(Neighbor.State.allCases).subtracting([.noARP])

  init(_ arguments: inout IPArguments, family: IPFamily?, view: StackView) throws(IPFailure) {
    var named: Set<Neighbor.State>?
    while let word = arguments.next() {
      switch Self.words.meaning(of: word) {
      case .device: try takeDevice(arguments.value())
      case .state: named = try (named ?? []).union(Self.states(arguments.value()))
      case .noMaster: break
      case .to: prefix = try arguments.prefix(family: family)
      case .notModelled: throw .notModelled(word)
      case nil: try takePrefix(word, family: family)
      }
    }
    states = named ?? states
    device = try device.map { name throws(IPFailure) in try view.device(name) }
  }

  private enum Word {
    case device, state, noMaster, to, notModelled
  }

  private static let words: [IPKeyword<Word>] = [
    .full("dev", .device), .full("master", .notModelled), .full("vrf", .notModelled),
    .full("nomaster", .noMaster), .full("unused", .notModelled), .full("nud", .state),
    .full("proxy", .notModelled), .short("protocol", .notModelled), .full("to", .to),
  ]

  private mutating func takeDevice(_ name: String) throws(IPFailure) {
    if device != nil { throw .duplicate("dev", second: name) }
    device = name
  }

  private mutating func takePrefix(_ word: String, family: IPFamily?) throws(IPFailure) {
    if IPKeyword.short("help", ()).matches(word) { throw .help }
    var here = IPArguments([word])
    prefix = try here.prefix(family: family)
  }

  private static func states(_ word: String) throws(IPFailure) -> Set<Neighbor.State> {
    if word == "all" { return Set(Neighbor.State.allCases) }
    guard let state = Neighbor.State(ipName: word) else { throw .wrongArgument(word, "nud state is bad") }
    return [state]
  }
}

extension Neighbor.State {
  /// A state as a user writes it; some may be shortened. The state `none` is not modelled.
  ///
  /// Source: iproute2 `ip/ipneigh.c`, `nud_state_a2n`.
  init?(ipName text: String) {
    let words: [IPKeyword<Neighbor.State>] = [
      .short("permanent", .permanent), .short("reachable", .reachable), .full("noarp", .noARP),
      .full("stale", .stale), .full("incomplete", .incomplete), .full("delay", .delay),
      .full("probe", .probe), .short("failed", .failed),
    ]
    guard let state = words.meaning(of: text) else { return nil }
    self = state
  }
}

extension NeighborFilter {
  func output(of stack: NetworkStack, style: IPStyle) -> String {
    Self.output(of: selected(of: stack), hidesInterface: device != nil, style: style)
  }

  static func output(of neighbors: [Neighbor], hidesInterface: Bool, style: IPStyle) -> String {
    let entries = neighbors.map { neighbor in
      var entry = IPEntry(style: style)
      NeighborEntry(neighbor: neighbor, hidesInterface: hidesInterface).write(to: &entry)
      return entry
    }
    return listing(entries, style: style)
  }

  func selected(of stack: NetworkStack) -> [Neighbor] { stack.neighbors.filter(selects) }

  /// The same filter, whatever the state.
  var all: NeighborFilter {
    var filter = self
    filter.states = Set(Neighbor.State.allCases)
    return filter
  }

  private func selects(_ neighbor: Neighbor) -> Bool {
    guard device == nil || device == neighbor.interface else { return false }
    guard states.contains(neighbor.state) || neighbor.isExternallyLearned else { return false }
    return prefix?.prefix.contains(neighbor.address) ?? true
  }
}
