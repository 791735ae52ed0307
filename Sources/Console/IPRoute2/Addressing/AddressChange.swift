import ControlPlane
import NetModel

/// `ip addr add` and `ip addr del`: the address that a user wrote down.
///
/// Source: iproute2 `ip/ipaddress.c`, `ipaddr_modify`.
struct AddressChange {
  private var local = IPPrefixArgument(address: .any, length: 0, hasLength: false, hasAddress: false)
  private var localText = ""
  private var peer: IPPrefixArgument?
  private var broadcast: Broadcast?
  private var scope: RouteScope?
  private var label: String?
  private var metric = 0
  private var noPrefixRoute = false
  private var interface = ""

  private enum Broadcast {
    case address(IPv4Address)
    /// `+`: the host bits are all ones.
    case highest
    /// `-`: they are all zeros.
    case lowest
  }

  init(_ arguments: inout IPArguments, family: IPFamily?, view: StackView) throws(IPFailure) {
    var device: String?
    var own: (prefix: IPPrefixArgument, text: String)?
    while let word = arguments.next() {
      switch Self.words.meaning(of: word) {
      case .peer: try takePeer(&arguments, family: family)
      case .broadcast: try takeBroadcast(&arguments, family: family)
      case .scope: try takeScope(arguments.value())
      case .device: device = try arguments.value()
      case .label: label = try arguments.value()
      case .metric: metric = try arguments.number(complaint: "\"metric\" value is invalid\n")
      case .noPrefixRoute: noPrefixRoute = true
      case .notModelled: throw .notModelled(word)
      case nil:
        let text = word == "local" ? try arguments.value() : word
        if IPKeyword.short("help", ()).matches(text) { throw .help }
        if own != nil { throw .duplicateOrGarbage("local", text) }
        var here = IPArguments([text])
        own = (try here.prefix(family: family), text)
      }
    }
    guard let device else {
      throw .refused("Not enough information: \"dev\" argument is required.", status: 1)
    }
    interface = try view.device(device)
    guard let own, own.prefix.hasAddress else { throw .notModelled("an address of no family") }
    (local, localText) = own
  }

  private enum Word {
    case peer, broadcast, scope, device, label, metric, noPrefixRoute, notModelled
  }

  private static let words: [IPKeyword<Word>] =
    [
      .full("peer", .peer), .full("remote", .peer), .short("broadcast", .broadcast),
      .full("brd", .broadcast), .full("anycast", .notModelled), .full("scope", .scope),
      .full("dev", .device), .full("label", .label), .short("metric", .metric),
      .short("priority", .metric), .short("preference", .metric), .short("valid_lft", .notModelled),
      .short("preferred_lft", .notModelled), .full("noprefixroute", .noPrefixRoute),
    ]
    + [
      "secondary", "temporary", "nodad", "optimistic", "dadfailed", "home", "deprecated", "tentative",
      "permanent", "mngtmpaddr", "autojoin", "stable-privacy",
    ].map { .full($0, .notModelled) }

  private mutating func takePeer(_ arguments: inout IPArguments, family: IPFamily?) throws(IPFailure) {
    if peer != nil { throw .duplicate("peer", second: arguments.first ?? "") }
    peer = try arguments.prefix(family: family)
  }

  private mutating func takeBroadcast(_ arguments: inout IPArguments, family: IPFamily?) throws(IPFailure) {
    if broadcast != nil { throw .duplicate("broadcast", second: arguments.first ?? "") }
    if arguments.skip("+") {
      broadcast = .highest
    } else if arguments.skip("-") {
      broadcast = .lowest
    } else {
      broadcast = .address(try arguments.address(family: family))
    }
  }

  private mutating func takeScope(_ word: String) throws(IPFailure) {
    guard let scope = RouteScope(ipName: word) else { throw .wrongArgument(word, "invalid scope value.") }
    self.scope = scope
  }
}

extension AddressChange {
  func addition(on stack: NetworkStack) -> Edit {
    let length = peer?.length ?? local.length
    let address = Interface.Address(
      local: IPv4InterfaceAddress(local.address, length: length),
      peer: peer.flatMap { $0.address == local.address ? nil : $0.address },
      broadcast: broadcastAddress(in: peer?.prefix ?? local.prefix),
      scope: scope ?? (local.address.isLoopback ? .host : .global), metric: metric,
      noPrefixRoute: noPrefixRoute, label: label ?? interface)
    return .addAddress(address, to: InterfaceID(stack.id, interface))
  }

  /// `nil` for a subnet that has no room for one, unless it was written out.
  private func broadcastAddress(in subnet: IPv4Prefix) -> IPv4Address? {
    switch broadcast {
    case .address(let address): address
    case .highest: subnet.length <= 30 ? subnet.last : nil
    case .lowest: subnet.length <= 30 ? subnet.address : nil
    case nil: nil
    }
  }

  func deletion(on stack: NetworkStack) -> Edit {
    let written = peer ?? (local.hasLength ? local : nil)
    let subnet = written.map { IPv4InterfaceAddress($0.address, length: $0.length) }
    return .deleteAddress(
      AddressSelector(address: local.address, subnet: subnet, label: label),
      from: InterfaceID(stack.id, interface))
  }

  /// What iproute2 says of a deletion without a prefix length.
  var deletionWarning: String {
    guard peer == nil, !local.hasLength else { return "" }
    return """
      Warning: Executing wildcard deletion to stay compatible with old scripts.
               Explicitly specify the prefix length (\(localText)/32) to avoid this warning.
               This special behaviour is likely to disappear in further releases,
               fix your scripts!

      """
  }
}
