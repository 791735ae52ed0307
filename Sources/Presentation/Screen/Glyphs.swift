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

  /// Unicode's box drawing characters.
  package static let box = Glyphs(
    horizontal: "\u{2500}", vertical: "\u{2502}", topLeft: "\u{250c}", topRight: "\u{2510}",
    bottomLeft: "\u{2514}", bottomRight: "\u{2518}", doubleHorizontal: "\u{2550}",
    doubleVertical: "\u{2551}", doubleTopLeft: "\u{2554}", doubleTopRight: "\u{2557}",
    doubleBottomLeft: "\u{255a}", doubleBottomRight: "\u{255d}")
}
