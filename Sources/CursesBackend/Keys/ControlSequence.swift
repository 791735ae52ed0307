import Presentation

/// A control sequence that a key sent: `ESC [ parameters final`.
struct ControlSequence {
  /// The numbers between the semicolons; what is no number counts as absent.
  private let numbers: [Int?]
  private let final: UInt8

  /// `ESC [ <`: the terminal tells of the mouse.
  private let isMouse: Bool

  init(parameters: ArraySlice<UInt8>, final: UInt8) {
    isMouse = parameters.first == UInt8(ascii: "<")
    let parameters = isMouse ? parameters.dropFirst() : parameters
    let parts = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    numbers = parts.map { Int(String(decoding: $0, as: UTF8.self)) }
    self.final = final
  }

  var isPasteBegin: Bool {
    final == UInt8(ascii: "~") && number(at: 0) == 200
  }

  /// The key, or `nil` where no key of ours sends this.
  ///
  /// Shift matters on function keys alone; elsewhere a modified key counts as the plain one.
  var key: Key? {
    if isMouse { return mouse }
    return switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "Z"): .backTab
    case UInt8(ascii: "P")...UInt8(ascii: "S"): function(Int(final - UInt8(ascii: "P")) + 1)
    case UInt8(ascii: "~"): numberedKey
    default: nil
    }
  }

  /// Source: xterm's ctlseqs, "SGR (1006)": button; column; row, from 1; `M` where it was pressed.
  private var mouse: Key? {
    guard final == UInt8(ascii: "M"), let button = number(at: 0), let column = number(at: 1),
      let row = number(at: 2), column > 0, row > 0
    else { return nil }
    return switch button {
    case 0: .click(column: column - 1, row: row - 1)
    case 64, 65: .wheel(isDown: button == 65, column: column - 1, row: row - 1)
    default: nil
    }
  }

  private func number(at index: Int) -> Int? {
    numbers.indices.contains(index) ? numbers[index] : nil
  }

  /// The modifiers are sent as one more than their sum; Shift counts 1.
  private var isShifted: Bool {
    guard let modifiers = number(at: 1), modifiers > 0 else { return false }
    return (modifiers - 1) & 1 == 1
  }

  private func function(_ number: Int) -> Key {
    isShifted ? .shiftFunction(number) : .function(number)
  }

  /// The numbers leave gaps, as the VT220's keyboard did.
  private var numberedKey: Key? {
    switch number(at: 0) {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case let code? where (11...15).contains(code): function(code - 10)
    case let code? where (17...21).contains(code): function(code - 11)
    case let code? where (23...24).contains(code): function(code - 12)
    // The Linux console and rxvt call Shift-F1 F13, and so on.
    case let code? where (25...26).contains(code): .shiftFunction(code - 24)
    case let code? where (28...29).contains(code): .shiftFunction(code - 25)
    case let code? where (31...34).contains(code): .shiftFunction(code - 26)
    default: nil
    }
  }
}
