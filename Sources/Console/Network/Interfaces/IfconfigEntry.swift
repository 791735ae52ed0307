import NetModel

/// What `ifconfig` prints of one interface.
///
/// Source: net-tools 2.10 `lib/interface.c`, `ife_print_long` and `ife_print_short`.
struct IfconfigEntry {
  let interface: Interface
  let count: InterfaceCounters.Count

  private static let indent = "        "

  /// All its lines, with a line end behind each.
  var text: String {
    ([head] + addresses + [hardware] + counters).map { $0 + "\n" }.joined()
  }

  private var head: String {
    let words = IfconfigEntry.flags.filter { flagBits & $0.bit != 0 }.map(\.word).joined(separator: ",")
    return "\(interface.name): flags=\(flagBits)<\(words)>  mtu \(interface.mtu)"
  }

  /// Linux `include/uapi/linux/if.h`, IFF_*, in the order in which they are printed.
  private static let flags: [(bit: Int, word: String)] = [
    (0x1, "UP"), (0x2, "BROADCAST"), (0x8, "LOOPBACK"), (0x40, "RUNNING"), (0x80, "NOARP"),
    (0x1000, "MULTICAST"),
  ]

  private var flagBits: Int {
    var bits = isLoopback ? 0x8 : 0x1002
    if interface.isUp { bits |= 0x1 }
    if interface.isRunning { bits |= 0x40 }
    if !interface.usesARP, !isLoopback { bits |= 0x80 }
    return bits
  }

  private var isLoopback: Bool { interface.attachment == .loopback }

  private var addresses: [String] {
    let inet = interface.addresses.prefix(1).map { address in
      let local = address.local
      let broadcast = broadcast(of: local).map { "  broadcast \($0)" } ?? ""
      return "\(Self.indent)inet \(local.address)  netmask \(mask(local.length))\(broadcast)"
    }
    let inet6 = interface.ipv6Addresses.map { address in
      let scope = address.address.isLinkLocal ? "0x20<link>" : isLoopback ? "0x10<host>" : "0x0<global>"
      return "\(Self.indent)inet6 \(address.address)  prefixlen \(address.length)  scopeid \(scope)"
    }
    return inet + inet6
  }

  private func mask(_ length: Int) -> IPv4Address {
    IPv4Address(rawValue: length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length))
  }

  private func broadcast(of local: IPv4InterfaceAddress) -> IPv4Address? {
    guard !isLoopback else { return nil }
    guard local.length < 31 else { return IPv4Address.any }
    return IPv4Address(rawValue: local.address.rawValue | ~mask(local.length).rawValue)
  }

  private var hardware: String {
    isLoopback
      ? "\(Self.indent)loop  txqueuelen 1000  (Local Loopback)"
      : "\(Self.indent)ether \(interface.mac)  txqueuelen 1000  (Ethernet)"
  }

  private var counters: [String] {
    let received = "RX packets \(count.receivedPackets)  bytes \(scaled(count.receivedBytes))"
    let sent = "TX packets \(count.sentPackets)  bytes \(scaled(count.sentBytes))"
    return [
      received, "RX errors 0  dropped 0  overruns 0  frame 0", sent,
      "TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0",
    ].map { Self.indent + $0 }
  }

  /// Source: net-tools 2.10 `lib/interface.c`, `print_bytes_scaled`.
  private func scaled(_ bytes: Int) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "KB")]
    let (divisor, unit) = units.first { bytes >= $0.0 } ?? (1, "B")
    return "\(bytes) (\(decimal(Int64(bytes * 10 / divisor), digits: 1)) \(unit))"
  }

  static let shortHeader =
    "Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg"

  var shortText: String {
    let letters: [(Int, String)] = [
      (0x8, "L"), (0x2, "B"), (0x1000, "M"), (0x80, "O"), (0x40, "R"), (0x1, "U"),
    ]
    let flags = letters.filter { flagBits & $0.0 != 0 && !(isLoopback && $0.0 == 0x1000) }.map(\.1).joined()
    let numbers = [
      left(interface.mtu, 5), left(count.receivedPackets, 8), "     0", "     0", "0     ",
      left(count.sentPackets, 8), "     0", "     0", "     0",
    ]
    return padded(interface.name, to: 8) + " " + numbers.joined(separator: " ") + " " + flags
  }

  private func left(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
