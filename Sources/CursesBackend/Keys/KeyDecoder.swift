import Presentation

/// Turns the bytes of a terminal into keys, however they were split on their way.
///
/// Knows the sequences of ECMA-48 terminals (xterm, tmux, screen, the Linux console, rxvt) in both cursor modes, so
/// it needs no terminfo. Time is the caller's: when nothing follows a lone ESC for a while, call `finish()`.
///
/// Source: ECMA-48, section 5.4; xterm's ctlseqs, "PC-Style Function Keys".
package struct KeyDecoder {
  /// What the bytes so far are the beginning of.
  package enum Unfinished: Hashable, Sendable {
    /// One ESC: the key, or the first byte of a sequence.
    case escape
    /// A sequence or a character of several bytes.
    case sequence
    /// A paste whose end has not come.
    case paste
  }

  /// Bytes of a sequence; one that is longer is no key's.
  static let longestSequence = 64

  private var bytes: [UInt8] = []
  private var pasted: [UInt8]?

  package init() {}

  /// What waits for more bytes; `nil` when every byte so far has become a key.
  package var unfinished: Unfinished? {
    if pasted != nil { return .paste }
    if bytes.isEmpty { return nil }
    return bytes == [Byte.escape] ? .escape : .sequence
  }

  /// The keys that `input` completes, in order; what no key sends is passed over.
  package mutating func keys(from input: some Sequence<UInt8>) -> [Key] {
    var keys: [Key] = []
    for byte in input {
      if pasted != nil {
        if let text = collectPaste(byte) { keys.append(.paste(text)) }
      } else {
        bytes.append(byte)
        takeKeys(into: &keys)
      }
    }
    return keys
  }

  /// The keys in what is unfinished, as nothing more will come: a lone ESC is the key.
  ///
  /// An unfinished paste stays: its end will come, and its text must never run as commands.
  package mutating func finish() -> [Key] {
    guard pasted == nil else { return [] }
    defer { bytes = [] }
    return bytes == [Byte.escape] ? [.escape] : []
  }

  private mutating func collectPaste(_ byte: UInt8) -> String? {
    pasted?.append(byte)
    guard byte == UInt8(ascii: "~"), pasted?.suffix(Byte.pasteEnd.count).elementsEqual(Byte.pasteEnd) == true
    else { return nil }
    defer { pasted = nil }
    return pasted.map { String(decoding: $0.dropLast(Byte.pasteEnd.count), as: UTF8.self) }
  }

  /// Takes as many keys off the front of `bytes` as are complete.
  private mutating func takeKeys(into keys: inout [Key]) {
    while !bytes.isEmpty {
      switch KeyScan(bytes).next() {
      case .incomplete:
        if bytes.count > KeyDecoder.longestSequence { bytes = [] }
        return
      case .pasteBegins:
        bytes = []
        pasted = []
        return
      case .found(let key, let length):
        if let key { keys.append(key) }
        bytes.removeFirst(length)
      }
    }
  }
}

/// Bytes that the decoder names.
enum Byte {
  static let escape: UInt8 = 0x1B
  /// ESC [ 201 ~
  static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
}
