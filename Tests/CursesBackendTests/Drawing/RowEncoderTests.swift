import CCurses
import Presentation
import Testing

@testable import CursesBackend

@Suite struct RowEncoderTests {
  /// As a terminal that knows Hangul syllables and one combining mark.
  private func encoder(_ charset: Charset = .unicode) -> RowEncoder {
    RowEncoder(
      depth: .none, charset: charset,
      width: { scalar in
        switch scalar.value {
        case 0xAC00...0xD7A3: 2
        case 0x0301: 0
        case 0x0085, 0x200B: -1
        default: 1
        }
      })
  }

  private func row(_ scalars: [Unicode.Scalar]) -> ArraySlice<Cell> {
    scalars.map { Cell($0) }[...]
  }

  private func text(_ cells: [cc_cell]) -> String {
    String(String.UnicodeScalarView(cells.compactMap { Unicode.Scalar($0.text.0) }))
  }

  @Test(arguments: [
    (["a", "b"] as [Unicode.Scalar], "ab", "ab"),
    (["가", "\0", "b"], "가b", "? b"),
    (["─", "│"], "─│", "??"),
    (["\0", "b"], " b", " b"),
    (["가", "b"], "?b", "?b"),
    (["a", "\0"], "? ", "? "),
    (["a", "가"], "a?", "a?"),
    (["\n", "\u{1B}", "\u{7F}", "\u{85}", "\u{200B}", "."], "?????.", "?????."),
  ])
  func everyCellKeepsItsColumns(scalars: [Unicode.Scalar], unicode: String, ascii: String) {
    #expect(text(encoder(.unicode).encode(row(scalars))) == unicode)
    #expect(text(encoder(.ascii).encode(row(scalars))) == ascii)
  }

  @Test func marksStayOnTheirCharacterAndOnlyMarksDo() throws {
    let marks: [Int: [Unicode.Scalar]] = [0: ["\u{301}", "x", "\u{301}"]]
    let cell = try #require(encoder().encode(row(["e"]), marks: marks).first)
    #expect(cell.text == (0x65, 0x301, 0x301, 0, 0))
    let plain = try #require(encoder(.ascii).encode(row(["e"]), marks: marks).first)
    #expect(plain.text == (0x65, 0, 0, 0, 0))
  }
}
