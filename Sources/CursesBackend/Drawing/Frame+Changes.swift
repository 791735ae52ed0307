import Presentation

extension Frame {
  /// The columns of a row in which the frame differs from `former`, from the first to the last; characters whole.
  ///
  /// All of them where the former frame is unknown or had another size, and where marks lie on characters.
  func changedColumns(ofRow row: Int, since former: Frame?) -> Range<Int> {
    let all = 0..<size.columns
    guard let former, former.size == size, marks.isEmpty, former.marks.isEmpty else { return all }
    let start = row * size.columns
    let differs = { cells[start + $0] != former.cells[start + $0] }
    guard var first = all.first(where: differs), var last = all.last(where: differs) else { return 0..<0 }
    if cells[start + first].scalar == Cell.continuation, first > 0 { first -= 1 }
    if last + 1 < size.columns, cells[start + last + 1].scalar == Cell.continuation { last += 1 }
    return first..<last + 1
  }
}
