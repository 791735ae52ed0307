extension RouteLookup {
  /// Routes that a lookup considered, best first, each with its reason.
  ///
  /// They are places in the table as it was: a lookup with all its losers copies no route.
  package struct Candidates: Sendable {
    private let table: [SharedRoute]
    private var places: [Place]

    private struct Place {
      let entry: Int32
      var why: Why
    }

    /// Routes of a table, none yet.
    init(of table: RouteTable) {
      self.table = table.shared
      places = []
      places.reserveCapacity(8)
    }

    /// Routes of no table.
    package init(_ candidates: [Candidate] = []) {
      table = candidates.map(\.shared)
      places = candidates.enumerated().map { Place(entry: Int32($0), why: $1.why) }
    }

    mutating func append(_ position: RouteTable.Position, _ why: Why) {
      places.append(Place(entry: position.entry, why: why))
    }

    /// The same, but none of them won.
    var overruled: Candidates {
      var copy = self
      for index in places.indices where places[index].why.isWinner { copy.places[index].why = .overruled }
      return copy
    }
  }
}

extension RouteLookup.Candidates: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { places.count }

  package subscript(index: Int) -> RouteLookup.Candidate {
    RouteLookup.Candidate(table[Int(places[index].entry)], why: places[index].why)
  }
}

extension RouteLookup.Candidates: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }

  package func hash(into hasher: inout Hasher) {
    for candidate in self { hasher.combine(candidate) }
  }
}
