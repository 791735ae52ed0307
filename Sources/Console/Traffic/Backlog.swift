/// The latest items of a stream, numbered from 0 for whoever follows it.
package struct Backlog<Item: Sendable>: Sendable {
  private let limit: Int
  private var items: [Item] = []
  /// The number of `items`' first element.
  private var first = 0

  /// - Parameter limit: how many items are kept at least; up to twice as many are.
  package init(limit: Int) {
    self.limit = limit
  }

  /// The number that the next item will get.
  package var end: Int { first + items.count }

  /// Everything that is still there from `number` on, oldest first.
  package func items(from number: Int) -> ArraySlice<Item> {
    items[min(max(number - first, 0), items.count)...]
  }

  mutating func append(_ item: Item) {
    if items.count == 2 * limit {
      items.removeFirst(limit)
      first += limit
    }
    items.append(item)
  }
}
