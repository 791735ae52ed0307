/// How far a rule of the model or a fact of a lab may be trusted.
package enum Grounds: Hashable, Sendable {
  /// Seen in the recorded lab or recorded from a real kernel; the text names where.
  case recorded(String)
  /// Stated by source code, a standard or documentation; the text names it.
  case documented(String)
  /// Reasoned, and measured by nobody; the text says from what.
  case assumed(String)
}
