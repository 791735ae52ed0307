import ControlPlane
import NetModel

/// `ip neigh add`, `change`, `replace` and `del`: the entry that a user wrote down.
///
/// Source: iproute2 `ip/ipneigh.c`, `ipneigh_modify`; Linux `net/core/neighbour.c`, `neigh_add`.
struct NeighborChange {
  private var address: IPv4Address
  private var interface: String
  private var mac: MACAddress?
  private var state = Neighbor.State.permanent
  private var isExternallyLearned = false

  init(_ arguments: inout IPArguments, family: IPFamily?, view: StackView) throws(IPFailure) {
    var address: IPv4Address?
    var device: String?
    var mac: String?
    while let word = arguments.next() {
      switch Self.words.meaning(of: word) {
      case .mac:
        let value = try arguments.value()
        if mac != nil { throw .duplicate("lladdr", second: value) }
        mac = value
      case .state: state = try Self.state(arguments.value())
      case .externallyLearned: isExternallyLearned = true
      case .device: device = try arguments.value()
      case .notModelled: throw .notModelled(word)
      case nil:
        let value = word == "to" ? try arguments.value() : word
        if address != nil { throw .duplicateOrGarbage("to", value) }
        var here = IPArguments([value])
        address = try here.address(family: family)
      }
    }
    guard let address, let device else {
      throw .refused("Device and destination are required arguments.", status: 255, endsBatch: true)
    }
    self.address = address
    self.mac = try mac.flatMap { text throws(IPFailure) in try Self.mac(text) }
    interface = try view.device(device)
  }

  private enum Word {
    case mac, state, externallyLearned, device, notModelled
  }

  private static let words: [IPKeyword<Word>] = [
    .short("lladdr", .mac), .full("nud", .state), .short("proxy", .notModelled),
    .full("router", .notModelled), .full("use", .notModelled), .full("managed", .notModelled),
    .short("extern_learn", .externallyLearned), .full("dev", .device), .short("protocol", .notModelled),
  ]

  private static func state(_ word: String) throws(IPFailure) -> Neighbor.State {
    guard let state = Neighbor.State(ipName: word) else { throw .wrongArgument(word, "nud state is bad") }
    return state
  }

  /// `nil` for the word `null`.
  private static func mac(_ text: String) throws(IPFailure) -> MACAddress? {
    if text == "null" { return nil }
    guard let mac = MACAddress(parsing: text) else {
      throw .refused("\"\(text)\" is invalid lladdr.", status: 1)
    }
    return mac
  }
}

extension NeighborChange {
  /// What becomes of the table.
  enum Verb {
    case add, change, replace, delete
  }

  /// - Throws: `kernel` where the kernel would refuse it.
  func edit(_ verb: Verb, on stack: NetworkStack) throws(IPFailure) -> Edit {
    if verb == .delete { return .deleteNeighbor(address, interface: interface, on: stack.id) }
    let known = stack.neighbor(address, on: interface)
    if verb == .add, known != nil { throw .kernel(.errno("File exists")) }
    if verb == .change, known == nil { throw .kernel(.errno("No such file or directory")) }
    let mac = mac ?? known?.mac
    if mac == nil, state != .failed, state != .incomplete {
      throw .kernel(.message("No link layer address given"))
    }
    let neighbor = Neighbor(
      address: address, interface: interface, mac: mac, state: state, isExternallyLearned: isExternallyLearned
    )
    return .setNeighbor(neighbor, on: stack.id)
  }
}
