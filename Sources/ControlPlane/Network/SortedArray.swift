/// Arrays that are kept in ascending order are searched by halves.
extension Array {
  /// Inserts an element behind those that it does not precede.
  mutating func insertSorted(_ element: Element, by precedes: (Element, Element) -> Bool) {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if precedes(element, self[middle]) { high = middle } else { low = middle + 1 }
    }
    insert(element, at: low)
  }

  /// Where the element of a key stands in an array in ascending order of its keys; `nil` where there is none.
  func position<Key: Comparable>(of key: Key, by keyOf: (Element) -> Key) -> Int? {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if keyOf(self[middle]) < key { low = middle + 1 } else { high = middle }
    }
    return low < endIndex && keyOf(self[low]) == key ? low : nil
  }

  /// The element of a key; `nil` where there is none.
  func element<Key: Comparable>(at key: Key, by keyOf: (Element) -> Key) -> Element? {
    position(of: key, by: keyOf).map { self[$0] }
  }
}
