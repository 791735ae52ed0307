/// The characters that frames and wires are drawn with.
package struct Glyphs: Hashable, Sendable {
  package var horizontal: Character
  package var vertical: Character
  package var topLeft: Character
  package var topRight: Character
  package var bottomLeft: Character
  package var bottomRight: Character
  /// Frames of what is current, and tunnels.
  package var doubleHorizontal: Character
  package var doubleVertical: Character
  package var doubleTopLeft: Character
  package var doubleTopRight: Character
  package var doubleBottomLeft: Character
  package var doubleBottomRight: Character

  /// Characters that every terminal has.
  package static let ascii = Glyphs(
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "`", bottomRight: "+",
    doubleHorizontal: "=", doubleVertical: "#", doubleTopLeft: "#", doubleTopRight: "#",
    doubleBottomLeft: "#", doubleBottomRight: "#")

  /// Unicode's box drawing characters, those alone that no terminal counts as two cells: where ambiguous
  /// characters are wide, as CJK users often have it, unbroken lines and corners would tear every row.
  ///
  /// Source: Unicode Standard Annex 11, `EastAsianWidth.txt`: U+254C to U+254F are neutral.
  package static let box = Glyphs(
    horizontal: "\u{254c}", vertical: "\u{254e}", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", doubleHorizontal: "\u{254d}", doubleVertical: "\u{254f}", doubleTopLeft: "+",
    doubleTopRight: "+", doubleBottomLeft: "+", doubleBottomRight: "+")
}
