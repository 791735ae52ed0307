/// Texts behind the byte that tells a message's kind: each with a NUL before it, which no argument can hold.
enum Fields {
  static func encode(_ kind: UInt8, _ texts: [String] = []) -> [UInt8] {
    var bytes = [kind]
    for text in texts {
      bytes.append(0)
      bytes += text.utf8.lazy.filter { $0 != 0 }
    }
    return bytes
  }

  /// What is no UTF-8 is repaired.
  static func decode(_ bytes: some Collection<UInt8>) -> [String] {
    guard bytes.first == 0 else { return [] }
    return bytes.dropFirst().split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
