/// Objects in ascending order of their ids.
///
/// They lie in pieces. A copy that is changed shares all other pieces with the original, so that what differs
/// between two copies is found without looking at the rest.
package struct ObjectTable<Element: Identifiable & Hashable & Sendable>: Sendable
where Element.ID: Comparable & Sendable {
  /// None is empty.
  private var pieces: [[Element]] = []
  package private(set) var count = 0

  package init() {}

  package init(_ elements: some Sequence<Element>) {
    for element in elements { insert(element) }
  }

  /// Short enough to be copied for every change, long enough that there are few.
  private static var longestPiece: Int { 128 }

  /// The object of that id; `nil` where there is none, and to take it away.
  package subscript(id id: Element.ID) -> Element? {
    get { position(of: id).map { self[$0] } }
    set {
      switch (position(of: id), newValue) {
      case (let place?, let element?): self[place] = element
      case (let place?, nil): remove(at: place)
      case (nil, let element?): insert(element)
      case (nil, nil): break
      }
    }
  }

  /// Where the object of that id stands; `nil` where there is none.
  package func position(of id: Element.ID) -> Index? {
    guard let piece = piece(for: id), let offset = pieces[piece].position(of: id, by: { $0.id }) else {
      return nil
    }
    return Index(piece: piece, offset: offset)
  }

  /// Puts an object, of an id that is not there yet, in its place.
  package mutating func insert(_ element: Element) {
    count += 1
    guard let piece = piece(for: element.id) else { return pieces.insert([element], at: 0) }
    pieces[piece].insertSorted(element) { $0.id < $1.id }
    guard pieces[piece].count > Self.longestPiece else { return }
    let half = Self.longestPiece / 2
    pieces.insert(Array(pieces[piece][half...]), at: piece + 1)
    pieces[piece].removeSubrange(half...)
  }

  package mutating func remove(at place: Index) {
    count -= 1
    pieces[place.piece].remove(at: place.offset)
    if pieces[place.piece].isEmpty { pieces.remove(at: place.piece) }
  }

  package mutating func removeAll(where isUnwanted: (Element) -> Bool) {
    for piece in pieces.indices where pieces[piece].contains(where: isUnwanted) {
      pieces[piece].removeAll(where: isUnwanted)
    }
    pieces.removeAll(where: \.isEmpty)
    count = pieces.reduce(0) { $0 + $1.count }
  }

  /// The last piece that does not begin behind an id, or the first; `nil` where there is none.
  private func piece(for id: Element.ID) -> Int? {
    guard !pieces.isEmpty else { return nil }
    var (low, high) = (0, pieces.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle][0].id <= id { low = middle } else { high = middle }
    }
    return low
  }
}

extension ObjectTable: BidirectionalCollection, MutableCollection {
  package struct Index: Hashable, Comparable, Sendable {
    fileprivate var piece: Int
    fileprivate var offset: Int

    package static func < (left: Index, right: Index) -> Bool {
      (left.piece, left.offset) < (right.piece, right.offset)
    }
  }

  package var startIndex: Index { Index(piece: 0, offset: 0) }

  package var endIndex: Index { Index(piece: pieces.count, offset: 0) }

  package func index(after place: Index) -> Index {
    place.offset + 1 < pieces[place.piece].count
      ? Index(piece: place.piece, offset: place.offset + 1) : Index(piece: place.piece + 1, offset: 0)
  }

  package func index(before place: Index) -> Index {
    place.offset > 0
      ? Index(piece: place.piece, offset: place.offset - 1)
      : Index(piece: place.piece - 1, offset: pieces[place.piece - 1].count - 1)
  }

  /// The object in a place; what takes its place bears its id.
  package subscript(place: Index) -> Element {
    get { pieces[place.piece][place.offset] }
    _modify { yield &pieces[place.piece][place.offset] }
  }
}

extension ObjectTable: Hashable {
  package static func == (left: ObjectTable, right: ObjectTable) -> Bool {
    left.count == right.count && left.changes(since: right).isEmpty
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for element in self { hasher.combine(element) }
  }
}

extension ObjectTable: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Element...) { self.init(elements) }
}

// MARK: What changed

extension ObjectTable {
  /// An object as it was and as it is; one of them is `nil` where it is new or gone.
  package struct Change {
    package var old: Element?
    package var new: Element?
  }

  /// What must be done to `old` to get this table, in ascending order of ids.
  package func changes(since old: ObjectTable) -> [Change] {
    if isSame(as: old) { return [] }
    let (kept, known) = (Set(pieces.map { $0.storage }), Set(old.pieces.map { $0.storage }))
    let before = old.pieces.filter { !kept.contains($0.storage) }.joinedUp()
    let after = pieces.filter { !known.contains($0.storage) }.joinedUp()
    var changes: [Change] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      if right == after.count || left < before.count && before[left].id < after[right].id {
        changes.append(Change(old: before[left], new: nil))
        left += 1
      } else if left == before.count || after[right].id < before[left].id {
        changes.append(Change(old: nil, new: after[right]))
        right += 1
      } else {
        if before[left] != after[right] { changes.append(Change(old: before[left], new: after[right])) }
        (left, right) = (left + 1, right + 1)
      }
    }
    return changes
  }

  /// True where nothing was changed since one was copied from the other; may be false where both are alike.
  package func isSame(as other: ObjectTable) -> Bool {
    pieces.storage == other.pieces.storage
  }
}

extension Array {
  /// All elements of the pieces in order; those of a single piece are not copied.
  fileprivate func joinedUp<Piece>() -> [Piece] where Element == [Piece] {
    count == 1 ? self[0] : flatMap { $0 }
  }

  /// What tells whether two arrays share their elements, as long as both live.
  var storage: UnsafeRawPointer? { withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) } }
}
