/// The characters that a terminal shows.
package enum Charset: Hashable, Sendable {
  /// The locale's characters are UTF-8.
  case unicode
  /// Any other locale: only ASCII is safe, so views draw their lines with it.
  case ascii
}
