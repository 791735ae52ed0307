/// The names that programs use for ports.
///
/// Source: Debian's `/etc/services`.
enum ServiceNames {
  static let all: [(name: String, port: UInt16)] = [
    ("ssh", 22), ("domain", 53), ("http", 80), ("bgp", 179), ("https", 443), ("http-alt", 8080),
  ]

  static func name(of port: UInt16) -> String? { all.first { $0.port == port }?.name }

  static func port(of name: String) -> UInt16? { all.first { $0.name == name }?.port }
}
