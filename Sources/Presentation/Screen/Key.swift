/// A key as the terminal reports it.
package enum Key: Hashable, Sendable {
  case character(Character)
  case control(Character)
  case function(Int)
  case shiftFunction(Int)
  case up, down, left, right
  case pageUp, pageDown, home, end
  case enter, tab, backTab, escape, backspace, delete, insert
  /// Text that was pasted in one piece.
  case paste(String)
  /// A click of the first button on that cell, from 0.
  case click(column: Int, row: Int)
  /// The wheel was turned over that cell, towards the user or away.
  case wheel(isDown: Bool, column: Int, row: Int)
}
