/// The free pieces of a block as the original keeps them: a heap whose elements are linked in the order of addresses.
///
/// It is slow and follows the original step by step; `FreeBlocks` must take the same addresses.
final class LinkedFreeBlocks {
  final class Piece {
    var first: UInt128
    var last: UInt128
    var size: UInt128
    var previous: Piece?
    var next: Piece?

    init(_ first: UInt128, _ last: UInt128) {
      self.first = first
      self.last = last
      size = last - first
    }

    func measure() { size = last - first }
  }

  private var heap: [Piece]

  init(first: UInt128, last: UInt128) {
    heap = [Piece(first, last)]
  }

  deinit {
    for piece in heap { piece.next = nil }
  }

  func takeAny() -> UInt128? {
    guard let number = heap.first?.first else { return nil }
    _ = take(number)
    return number
  }

  func take(_ number: UInt128) -> Bool {
    guard let index = heap.firstIndex(where: { $0.first <= number && number <= $0.last }) else {
      return false
    }
    let piece = heap[index]
    if piece.first == number {
      if piece.first == piece.last {
        delete(index)
        return true
      }
      piece.first += 1
      piece.measure()
      fix(index)
      return true
    }
    if piece.last == number {
      piece.last -= 1
      piece.measure()
      fix(index)
      return true
    }
    _ = remove(index)
    let left = Piece(piece.first, number - 1)
    let right = Piece(number + 1, piece.last)
    piece.previous?.next = left
    left.previous = piece.previous
    left.next = right
    right.previous = left
    right.next = piece.next
    piece.next?.previous = right
    push(left)
    push(right)
    return true
  }

  func put(_ number: UInt128) {
    guard var current = heap.first else { return insert(nil, nil, number) }
    var previous: Piece?
    var step = 0
    while true {
      if number < current.first {
        if current.first - 1 == number {
          current.first -= 1
          current.measure()
          if let left = current.previous, left.last + 1 == current.first { merge(left, current) }
          return
        }
        guard let left = current.previous else { return insert(nil, current, number) }
        if left === previous { return insert(left, current, number) }
        previous = current
        current = left
      } else {
        if current.last + 1 == number {
          current.last += 1
          current.measure()
          fix(step)
          if let right = current.next, right.first - 1 == current.last { merge(current, right) }
          return
        }
        guard let right = current.next else { return insert(current, nil, number) }
        if right === previous { return insert(current, right, number) }
        previous = current
        current = right
      }
      step += 1
    }
  }

  private func insert(_ left: Piece?, _ right: Piece?, _ number: UInt128) {
    let piece = Piece(number, number)
    piece.size = 1
    piece.previous = left
    piece.next = right
    left?.next = piece
    right?.previous = piece
    push(piece)
  }

  private func merge(_ left: Piece, _ right: Piece) {
    let merged = Piece(left.first, right.last)
    merged.previous = left.previous
    merged.next = right.next
    left.previous?.next = merged
    right.next?.previous = merged
    for piece in [left, right] {
      if let index = heap.firstIndex(where: { $0 === piece }) { _ = remove(index) }
    }
    push(merged)
  }

  private func delete(_ index: Int) {
    let piece = remove(index)
    piece.previous?.next = piece.next
    piece.next?.previous = piece.previous
  }

  private func less(_ left: Int, _ right: Int) -> Bool { heap[left].size < heap[right].size }

  private func push(_ piece: Piece) {
    heap.append(piece)
    up(heap.count - 1)
  }

  private func remove(_ index: Int) -> Piece {
    let last = heap.count - 1
    if last != index {
      heap.swapAt(index, last)
      if !down(index, last) { up(index) }
    }
    return heap.removeLast()
  }

  private func fix(_ index: Int) {
    if !down(index, heap.count) { up(index) }
  }

  private func up(_ start: Int) {
    var child = start
    while true {
      let parent = (child - 1) / 2
      if parent == child || !less(child, parent) { break }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private func down(_ start: Int, _ count: Int) -> Bool {
    var parent = start
    while true {
      let left = 2 * parent + 1
      if left >= count { break }
      var child = left
      if left + 1 < count, less(left + 1, left) { child = left + 1 }
      if !less(child, parent) { break }
      heap.swapAt(parent, child)
      parent = child
    }
    return parent > start
  }
}
