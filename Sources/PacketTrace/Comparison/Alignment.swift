/// Two sequences beside each other: what both have in one row, in as many rows of both as possible.
///
/// Rows keep the order of both sequences; where they part, the left one's elements come first.
/// - Complexity: O(*n* · *m*).
package func aligned<Element>(
  _ left: [Element], _ right: [Element], areAlike: (Element, Element) -> Bool
) -> [(left: Element?, right: Element?)] {
  let lengths = commonLengths(left, right, areAlike)
  var rows: [(left: Element?, right: Element?)] = []
  var (i, j) = (0, 0)
  while i < left.count || j < right.count {
    if i < left.count, j < right.count, areAlike(left[i], right[j]) {
      rows.append((left[i], right[j]))
      (i, j) = (i + 1, j + 1)
    } else if j == right.count || (i < left.count && lengths[i + 1][j] >= lengths[i][j + 1]) {
      rows.append((left[i], nil))
      i += 1
    } else {
      rows.append((nil, right[j]))
      j += 1
    }
  }
  return rows
}

/// For each pair of positions, the length of the longest common subsequence of what is left from there on.
private func commonLengths<Element>(
  _ left: [Element], _ right: [Element], _ areAlike: (Element, Element) -> Bool
) -> [[Int]] {
  var lengths = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
  for i in left.indices.reversed() {
    for j in right.indices.reversed() {
      let skipped = max(lengths[i + 1][j], lengths[i][j + 1])
      lengths[i][j] = areAlike(left[i], right[j]) ? max(lengths[i + 1][j + 1] + 1, skipped) : skipped
    }
  }
  return lengths
}
