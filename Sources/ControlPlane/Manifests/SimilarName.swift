/// The one of `names` that `text` was probably meant to be; `nil` where none is close.
package func similarName(to text: String, among names: [String]) -> String? {
  let limit = max(1, text.count / 3)
  let distances = names.map { (name: $0, distance: editDistance(text.lowercased(), $0.lowercased())) }
  return distances.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
}

/// How many characters must be inserted, deleted, replaced or swapped with their neighbor to make one text of
/// the other (optimal string alignment).
func editDistance(_ first: String, _ second: String) -> Int {
  let (rows, columns) = (Array(first), Array(second))
  var older: [Int] = []
  var previous = Array(0...columns.count)
  for row in rows.indices {
    var current = [row + 1]
    for column in columns.indices {
      let replaced = previous[column] + (rows[row] == columns[column] ? 0 : 1)
      var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, rows[row] == columns[column - 1], rows[row - 1] == columns[column] {
        best = min(best, older[column - 1] + 1)
      }
      current.append(best)
    }
    (older, previous) = (previous, current)
  }
  return previous[columns.count]
}
