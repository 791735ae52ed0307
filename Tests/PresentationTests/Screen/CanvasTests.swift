import Testing

@testable import Presentation

@Suite struct CanvasTests {
  @Test(
    arguments: [
      ("abc", 0, 5, "abc  "),
      ("abc", 3, 5, "   ab"),
      ("abc", -1, 5, "bc   "),
      ("한글", 0, 5, "한글 "),
      ("한글", 0, 3, "한 "),
      ("한글", -1, 5, " 글  "),
      ("한글", 3, 4, "    "),
      ("e\u{301}x", 0, 3, "e\u{301}x "),
      ("a\u{1b}b", 0, 5, "a^[b "),
    ] as [(String, Int, Int, String)])
  func putsWhatFits(text: String, column: Int, columns: Int, expected: String) {
    var canvas = Canvas(size: Size(columns: columns, rows: 1))
    canvas.put(text, column: column, row: 0)
    #expect(canvas.frame.text == expected + "\n")
  }

  @Test func overwritingHalfOfAWideCharacterBlanksTheOther() {
    var canvas = Canvas(size: Size(columns: 6, rows: 1))
    canvas.put("가나다", column: 0, row: 0)
    canvas.put("x", column: 1, row: 0)
    canvas.put("y", column: 4, row: 0)
    #expect(canvas.frame.text == " x나y \n")
    #expect(canvas.frame.brokenCell == nil)
  }

  @Test func aWideCharacterOverTwoOthersBlanksTheirHalves() {
    var canvas = Canvas(size: Size(columns: 4, rows: 1))
    canvas.put("가나", column: 0, row: 0)
    canvas.put("다", column: 1, row: 0)
    #expect(canvas.frame.text == " 다 \n")
    #expect(canvas.frame.brokenCell == nil)
  }

  @Test(arguments: [-1, 2]) func rowsOutsideAreLeftOut(row: Int) {
    var canvas = Canvas(size: Size(columns: 2, rows: 2))
    canvas.put("ab", column: 0, row: row)
    canvas.fill(Rectangle(column: -3, row: row, columns: 9, rows: 1), with: "#")
    #expect(canvas.frame.text == "  \n  \n")
  }

  @Test func framesOfEverySizeStayInside() {
    for columns in 0...4 {
      for rows in 0...4 {
        var canvas = Canvas(size: Size(columns: 3, rows: 3))
        canvas.frame(Rectangle(column: 1, row: 1, columns: columns, rows: rows), glyphs: .ascii)
        #expect(canvas.frame.text.first == " ")
      }
    }
  }

  @Test func aLineKeepsToItsColumns() {
    var canvas = Canvas(size: Size(columns: 8, rows: 1))
    let line = StyledLine("ab").adding("한글", .winner).adding("cd")
    canvas.put(line, column: 1, row: 0, columns: 5)
    #expect(canvas.frame.text == " ab한   \n")
  }

  @Test func aCursorOutsideIsHidden() {
    var canvas = Canvas(size: Size(columns: 2, rows: 1))
    canvas.cursor = Frame.Position(column: 2, row: 0)
    #expect(canvas.frame.cursor == nil)
    canvas.cursor = Frame.Position(column: 1, row: 0)
    #expect(canvas.frame.cursor == Frame.Position(column: 1, row: 0))
  }
}
