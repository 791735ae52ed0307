import NetModel

/// The names that iproute2 has for numbers.
///
/// Source: iproute2 `lib/rt_names.c`, `etc/iproute2/rt_dsfield`, `lib/inet_proto.c`.
enum IPNames {
  /// The names of type-of-service bytes.
  static let trafficClasses: [(name: String, value: UInt8)] = [
    ("default", 0x00), ("AF11", 0x28), ("AF12", 0x30), ("AF13", 0x38), ("AF21", 0x48), ("AF22", 0x50),
    ("AF23", 0x58), ("AF31", 0x68), ("AF32", 0x70), ("AF33", 0x78), ("AF41", 0x88), ("AF42", 0x90),
    ("AF43", 0x98), ("CS1", 0x20), ("CS2", 0x40), ("CS3", 0x60), ("CS4", 0x80), ("CS5", 0xa0), ("CS6", 0xc0),
    ("CS7", 0xe0), ("EF", 0xb8),
  ]

  /// The protocols above IP, as `/etc/protocols` names them; of the others the number is printed.
  static let ipProtocols: [(name: String, number: UInt8)] = [
    ("ip", 0), ("icmp", 1), ("igmp", 2), ("ipencap", 4), ("tcp", 6), ("udp", 17), ("gre", 47), ("esp", 50),
    ("ah", 51), ("ospf", 89), ("vrrp", 112), ("sctp", 132),
  ]

  static func trafficClass(_ tos: UInt8) -> String {
    trafficClasses.first { $0.value == tos }?.name ?? hexadecimal(Int(tos), digits: 2)
  }

  static func ipProtocol(_ number: UInt8) -> String {
    ipProtocols.first { $0.number == number }?.name ?? "ipproto-\(number)"
  }

  /// C's `%#x`: `0x`, then at least `digits` digits; 0 is `0` where one digit will do.
  static func hexadecimal(_ value: Int, digits: Int = 1) -> String {
    guard value != 0 || digits > 1 else { return "0" }
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
