/// The one of `names` that `text` was probably meant to be; `nil` where none is close.
func similarName(to text: String, among names: [String]) -> String? {
  let limit = max(1, text.count / 3)
  let distances = names.map { (name: $0, distance: editDistance(text.lowercased(), $0.lowercased())) }
  return distances.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
}

/// How many characters must be inserted, deleted or replaced to make one text of the other.
func editDistance(_ first: String, _ second: String) -> Int {
  let columns = Array(second)
  var previous = Array(0...columns.count)
  for (row, character) in first.enumerated() {
    var current = [row + 1]
    for (column, other) in columns.enumerated() {
      let replaced = previous[column] + (character == other ? 0 : 1)
      current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[columns.count]
}
