/// How many characters must be put in, taken out or replaced to make one text of the other.
///
/// Source: V. I. Levenshtein, Binary codes capable of correcting deletions, insertions and reversals, 1966.
/// - Complexity: O(*n* · *m*); texts of more than 64 characters are cut there first.
func spellingDistance(_ one: String, _ other: String) -> Int {
  let (rows, columns) = (Array(one.prefix(64)), Array(other.prefix(64)))
  var previous = Array(0...columns.count)
  for (row, character) in rows.enumerated() {
    var current = [row + 1]
    for (column, candidate) in columns.enumerated() {
      let replaced = previous[column] + (character == candidate ? 0 : 1)
      current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[columns.count]
}
