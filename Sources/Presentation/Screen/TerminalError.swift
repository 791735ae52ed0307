/// Why a terminal cannot show frames.
package enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output leads elsewhere.
  case notATerminal
  /// TERM is unset or empty.
  case noTerminalName
  /// TERM names a terminal that this machine has no description of.
  case unknownTerminal(name: String)
  /// The terminal cannot move its cursor, such as `dumb`.
  case noCursorAddressing(name: String)
  /// The terminal library or the system refused; `errno` tells why where it is not 0.
  case refused(errno: Int32)
}
