import ControlPlane
import NetModel

/// `ip link set`: what a user wants of an interface.
///
/// Source: iproute2 `ip/iplink.c`, `iplink_parse`.
struct LinkChange {
  private var interface = ""
  private var isUp: Bool?
  private var mtu: Int?

  init(_ arguments: inout IPArguments, view: StackView) throws(IPFailure) {
    var device: String?
    while let word = arguments.next() {
      switch word {
      case "up": isUp = true
      case "down": isUp = false
      case "mtu": try takeMTU(arguments.value())
      case "dev": try Self.take(arguments.value(), as: &device)
      default:
        if Self.notModelled.contains(where: { $0.matches(word) }) { throw .notModelled(word) }
        if IPKeyword.short("help", ()).matches(word) { throw .help }
        try Self.take(word, as: &device)
      }
    }
    guard let device else {
      throw .refused("Not enough information: \"dev\" argument is required.", status: 255, endsBatch: true)
    }
    interface = try view.device(device)
  }

  private mutating func takeMTU(_ word: String) throws(IPFailure) {
    if mtu != nil { throw .duplicate("mtu", second: word) }
    guard let number = ipNumber(word, atMost: Int(Int32.max)) else {
      throw .wrongArgument(word, "Invalid \"mtu\" value\n")
    }
    mtu = number
  }

  private static func take(_ word: String, as device: inout String?) throws(IPFailure) {
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    device = word
  }

  private static let notModelled: [IPKeyword<Void>] =
    ["link", "address", "broadcast", "txqueuelen", "txqlen", "numtxqueues", "numrxqueues", "property"].map {
      .short($0, ())
    }
    + [
      "name", "index", "brd", "qlen", "xdp", "netns", "multicast", "allmulticast", "promisc", "trailers",
      "arp", "carrier", "vf", "master", "vrf", "nomaster", "dynamic", "type", "alias", "group", "mode",
      "state", "link-netns", "link-netnsid", "protodown", "gso_max_size", "gso_max_segs", "gro_max_size",
      "altname", "addrgenmode",
    ].map { .full($0, ()) }
}

extension LinkChange {
  /// In the order in which the kernel makes them: the MTU, then up or down.
  ///
  /// Source: Linux `net/core/rtnetlink.c`, `do_setlink`.
  func edits(on stack: NetworkStack) -> [Edit] {
    let id = InterfaceID(stack.id, interface)
    var edits: [Edit] = []
    if let mtu { edits.append(.setMTU(id, bytes: mtu)) }
    if let isUp { edits.append(.setLink(id, isUp: isUp)) }
    return edits
  }
}
