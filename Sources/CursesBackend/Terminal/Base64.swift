/// Bytes as printable characters (RFC 4648, section 4).
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  static func text(of bytes: some Sequence<UInt8>) -> String {
    var text = ""
    var group: UInt32 = 0
    var count = 0
    func digit(_ index: UInt32) -> Character { digits[Int(group >> (18 - 6 * index) & 63)] }
    for byte in bytes {
      group |= UInt32(byte) << UInt32(16 - 8 * count)
      count += 1
      guard count == 3 else { continue }
      for index: UInt32 in 0..<4 { text.append(digit(index)) }
      (group, count) = (0, 0)
    }
    guard count > 0 else { return text }
    for index in 0...UInt32(count) { text.append(digit(index)) }
    return text + String(repeating: "=", count: 3 - count)
  }
}
