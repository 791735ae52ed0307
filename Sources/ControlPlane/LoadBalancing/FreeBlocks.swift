/// The free addresses of one block of a pool, as contiguous pieces in a binary heap, the smallest at its root.
///
/// Which address comes next depends on the heap's every step, so that they are those of the original.
/// Source: Cilium `pkg/ipalloc/ipalloc.go`; Go `container/heap`.
struct FreeBlocks: Hashable, Sendable {
  /// A run of free addresses.
  struct Piece: Hashable, Sendable {
    var first: UInt128
    var last: UInt128
    /// What the heap is ordered by: last − first, but 1 for an address that was given back by itself.
    var size: UInt128

    init(first: UInt128, last: UInt128) {
      self.first = first
      self.last = last
      size = last - first
    }

    init(givenBack number: UInt128) {
      first = number
      last = number
      size = 1
    }

    mutating func grow(to range: ClosedRange<UInt128>) {
      first = range.lowerBound
      last = range.upperBound
      size = last - first
    }
  }

  private(set) var heap: [Piece]

  init(first: UInt128, last: UInt128) {
    heap = [Piece(first: first, last: last)]
  }

  /// Takes the first address of the smallest piece; `nil` where nothing is free.
  mutating func takeAny() -> UInt128? {
    guard let number = heap.first?.first else { return nil }
    take(number)
    return number
  }

  /// Takes one address; false where it is not free.
  @discardableResult
  mutating func take(_ number: UInt128) -> Bool {
    guard let index = heap.firstIndex(where: { $0.first <= number && number <= $0.last }) else {
      return false
    }
    let piece = heap[index]
    if piece.first == piece.last {
      remove(at: index)
    } else if piece.first == number {
      heap[index] = Piece(first: number + 1, last: piece.last)
      fix(index)
    } else if piece.last == number {
      heap[index] = Piece(first: piece.first, last: number - 1)
      fix(index)
    } else {
      remove(at: index)
      push(Piece(first: piece.first, last: number - 1))
      push(Piece(first: number + 1, last: piece.last))
    }
    return true
  }

  /// Gives one address back that was taken.
  ///
  /// The original walks from the root along the order of addresses, and moves a piece that grew at its end by the
  /// number of steps as if that were its index.
  mutating func put(_ number: UInt128) {
    guard let root = heap.first else { return push(Piece(givenBack: number)) }
    let left = heap.indices.filter { heap[$0].last < number }.max { heap[$0].last < heap[$1].last }
    let right = heap.indices.filter { heap[$0].first > number }.min { heap[$0].first < heap[$1].first }
    let leftTouches = left.map { heap[$0].last + 1 == number } ?? false
    let rightTouches = right.map { heap[$0].first - 1 == number } ?? false
    let before = heap.count { $0.last < number }
    let start = heap.count { $0.last < root.first }
    let comesFromRight = start >= before
    if let right, rightTouches, comesFromRight || !leftTouches {
      heap[right].grow(to: number...heap[right].last)
      if let left, leftTouches { merge(heap[left], heap[right]) }
    } else if let left, leftTouches {
      let steps = comesFromRight ? start - before + 1 : before - 1 - start
      heap[left].grow(to: heap[left].first...number)
      let grown = heap[left]
      fix(steps)
      if let right, rightTouches { merge(grown, piece(startingAfter: number, formerly: right)) }
    } else {
      push(Piece(givenBack: number))
    }
  }

  /// The piece that begins behind `number`; `index` is where it was before the heap was put in order.
  private func piece(startingAfter number: UInt128, formerly index: Int) -> Piece {
    heap.first { $0.first == number + 1 } ?? heap[index]
  }

  private mutating func merge(_ left: Piece, _ right: Piece) {
    for piece in [left, right] {
      if let index = heap.firstIndex(of: piece) { remove(at: index) }
    }
    push(Piece(first: left.first, last: right.last))
  }
}

/// Source: Go `container/heap/heap.go`.
extension FreeBlocks {
  private mutating func push(_ piece: Piece) {
    heap.append(piece)
    siftUp(heap.count - 1)
  }

  private mutating func remove(at index: Int) {
    let last = heap.count - 1
    if index != last {
      heap.swapAt(index, last)
      if !siftDown(index, count: last) { siftUp(index) }
    }
    heap.removeLast()
  }

  private mutating func fix(_ index: Int) {
    if !siftDown(index, count: heap.count) { siftUp(index) }
  }

  private mutating func siftUp(_ start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard heap[index].size < heap[parent].size else { return }
      heap.swapAt(index, parent)
      index = parent
    }
  }

  /// True where the piece has moved.
  private mutating func siftDown(_ start: Int, count: Int) -> Bool {
    var index = start
    while 2 * index + 1 < count {
      var child = 2 * index + 1
      if child + 1 < count, heap[child + 1].size < heap[child].size { child += 1 }
      guard heap[child].size < heap[index].size else { break }
      heap.swapAt(index, child)
      index = child
    }
    return index > start
  }
}
