import Presentation

/// One look at the front of the bytes that a terminal sent.
struct KeyScan {
  enum Answer {
    /// More bytes are needed to tell.
    case incomplete
    /// The bytes announce pasted text.
    case pasteBegins
    /// The first `length` bytes; `key` is `nil` where they are no key of ours.
    case found(key: Key?, length: Int)
  }

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// What the bytes begin with; they must not be empty.
  func next() -> Answer {
    switch bytes[0] {
    case Byte.escape: escapeSequence()
    case 0x08, 0x7F: .found(key: .backspace, length: 1)
    case 0x09: .found(key: .tab, length: 1)
    case 0x0A, 0x0D: .found(key: .enter, length: 1)
    case 0x00..<0x20: .found(key: .control(Self.letter(ofControl: bytes[0])), length: 1)
    case 0x20..<0x7F: .found(key: .character(Character(Unicode.Scalar(bytes[0]))), length: 1)
    default: multibyteCharacter()
    }
  }

  private static func letter(ofControl byte: UInt8) -> Character {
    let isLetter = (1...26).contains(byte)
    return Character(Unicode.Scalar(isLetter ? byte + 0x60 : byte + 0x40))
  }

  private func multibyteCharacter() -> Answer {
    let length: Int
    switch bytes[0] {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return .found(key: nil, length: 1)
    }
    let tail = bytes.dropFirst().prefix(length - 1)
    let continuations = tail.prefix { $0 & 0xC0 == 0x80 }
    if continuations.count < tail.count { return .found(key: nil, length: 1 + continuations.count) }
    if bytes.count < length { return .incomplete }
    return .found(key: Self.character(ofUTF8: bytes.prefix(length)), length: length)
  }

  private static func character(ofUTF8 bytes: ArraySlice<UInt8>) -> Key? {
    guard let text = String(validating: bytes, as: UTF8.self), let scalar = text.unicodeScalars.first,
      scalar.value >= 0xA0
    else { return nil }
    return .character(Character(scalar))
  }

  /// ESC and what follows; an ESC that no sequence follows is the key itself (Alt+x comes as ESC, x).
  private func escapeSequence() -> Answer {
    guard bytes.count > 1 else { return .incomplete }
    switch bytes[1] {
    case UInt8(ascii: "["): return controlSequence()
    case UInt8(ascii: "O"): return singleShift()
    default: return .found(key: .escape, length: 1)
    }
  }

  /// ESC O and one character: cursor keys in application mode, F1 to F4, the keypad.
  private func singleShift() -> Answer {
    guard bytes.count > 2 else { return .incomplete }
    guard (0x40..<0x7F).contains(bytes[2]) else { return .found(key: nil, length: 2) }
    let key = bytes[2] == UInt8(ascii: "M") ? .enter : ControlSequence(parameters: [], final: bytes[2]).key
    return .found(key: key, length: 3)
  }

  /// ESC [ parameters, intermediates and a final character.
  private func controlSequence() -> Answer {
    guard bytes.count > 2 else { return .incomplete }
    if bytes[2] == UInt8(ascii: "[") { return linuxFunctionKey() }
    guard let end = bytes.dropFirst(2).firstIndex(where: { !(0x20..<0x40).contains($0) }) else {
      return .incomplete
    }
    // A byte that no sequence may hold breaks it off, and is looked at for itself.
    guard (0x40..<0x7F).contains(bytes[end]) else { return .found(key: nil, length: end) }
    let sequence = ControlSequence(parameters: bytes[2..<end], final: bytes[end])
    return sequence.isPasteBegin ? .pasteBegins : .found(key: sequence.key, length: end + 1)
  }

  /// ESC [ [ A to E: F1 to F5 on the Linux console.
  private func linuxFunctionKey() -> Answer {
    guard bytes.count > 3 else { return .incomplete }
    guard (0x40..<0x7F).contains(bytes[3]) else { return .found(key: nil, length: 3) }
    let number = Int(bytes[3]) - 0x40
    return .found(key: (1...5).contains(number) ? .function(number) : nil, length: 4)
  }
}
