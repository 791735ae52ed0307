import NetModel

extension APIError.Cause {
  static func badPrefix(_ text: String, path: String) -> Self {
    .init(
      path,
      "Invalid value: \(JSONValue.quoted(text)): must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"
    )
  }
}

extension String {
  /// A prefix of IPv4 or IPv6 with its length.
  var isPrefix: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = Int(parts[1]), String(length) == parts[1] else { return false }
    if IPv4Address(parsing: parts[0]) != nil { return (0...32).contains(length) }
    return IPv6Address(parsing: parts[0]) != nil && (0...128).contains(length)
  }
}
