import Presentation
import Testing

@testable import CursesBackend

@Suite struct FrameChangesTests {
  private func frame(_ text: String, columns: Int = 6) -> Frame {
    var canvas = Canvas(size: Size(columns: columns, rows: 1))
    canvas.put(text, column: 0, row: 0)
    return canvas.frame
  }

  @Test(arguments: [
    ("abc", "abc", 0..<0),
    ("abc", "abd", 2..<3),
    ("abc", "xbz", 0..<3),
    ("", "ab", 0..<2),
    ("abcdef", "abcde", 5..<6),
    ("가나", "가다", 2..<4),
    ("가나", "가ab", 2..<4),
    ("a나", "가나", 0..<4),
    ("가나", "xy나", 0..<2),
    ("ab", "가", 0..<2),
  ])
  func fromTheFirstToTheLastDifference(former: String, next: String, columns: Range<Int>) {
    #expect(frame(next).changedColumns(ofRow: 0, since: frame(former)) == columns)
  }

  @Test func theSecondHalfOfAWideCharacterBringsTheFirst() {
    var selected = frame("가b")
    selected.cells[1].style = Style(.current)
    #expect(selected.changedColumns(ofRow: 0, since: frame("가b")) == 0..<2)
    selected.cells[1].style = .plain
    selected.cells[0].style = Style(.current)
    #expect(selected.changedColumns(ofRow: 0, since: frame("가b")) == 0..<2)
  }

  @Test func whatIsNotComparableIsDrawnWhole() {
    #expect(frame("ab").changedColumns(ofRow: 0, since: nil) == 0..<6)
    #expect(frame("ab").changedColumns(ofRow: 0, since: frame("ab", columns: 5)) == 0..<6)
    #expect(frame("e\u{301}").changedColumns(ofRow: 0, since: frame("e")) == 0..<6)
    #expect(frame("e").changedColumns(ofRow: 0, since: frame("e\u{301}")) == 0..<6)
  }
}
