/// A Go regular expression, searched anywhere in the name of a device.
///
/// Source: RE2 `doc/syntax.txt`; Go `regexp/syntax`. Classes of Unicode (`\p`) are not among what is read.
package struct InterfacePattern: Hashable, Sendable {
  private let root: PatternNode

  package init(_ text: String) throws(PatternError) {
    var parser = PatternParser(text)
    root = try parser.wholeExpression()
  }

  /// True where some part of `name` fits.
  package func isFound(in name: String) -> Bool {
    let text = Array(name.unicodeScalars)
    return !root.ends(of: Set(0...text.count), in: text).isEmpty
  }
}
