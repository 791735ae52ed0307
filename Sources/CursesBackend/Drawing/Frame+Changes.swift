import Presentation

extension Frame {
  /// The columns of a row in which the frame differs from `former`, from the first to the last; characters whole.
  ///
  /// All of them where the former frame is unknown or had another size, and where marks lie on characters.
  func changedColumns(ofRow row: Int, since former: Frame?) -> Range<Int> {
    let all = 0..<size.columns
    guard let former, former.size == size, marks.isEmpty, former.marks.isEmpty else { return all }
    let (now, then) = (cells, former.cells)
    let start = row * size.columns
    var (first, end) = (start, start + size.columns)
    while first < end, now[first] == then[first] { first += 1 }
    guard first < end else { return 0..<0 }
    while now[end - 1] == then[end - 1] { end -= 1 }
    if now[first].scalar == Cell.continuation, first > start { first -= 1 }
    if end < start + size.columns, now[end].scalar == Cell.continuation { end += 1 }
    return first - start..<end - start
  }
}
