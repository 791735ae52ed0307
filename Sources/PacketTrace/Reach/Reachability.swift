import ControlPlane
import NetModel

/// Who reaches whom: the end of a packet, and of its answer, for every pair.
package struct Reachability: Hashable, Sendable {
  /// Pods, then machines, each in ascending order of name.
  package let sources: [NamedFlow.End]
  /// Pods, then machines, then Services, each in ascending order of name.
  package let destinations: [NamedFlow.End]
  /// The ways in which pairs end.
  private let outcomes: [Outcome]
  /// For each pair, row by row, its place among the outcomes.
  private let places: [Int32]

  init(
    sources: [NamedFlow.End], destinations: [NamedFlow.End], outcomes: [Outcome], places: [Int32]
  ) {
    self.sources = sources
    self.destinations = destinations
    self.outcomes = outcomes
    self.places = places
  }

  package init(sources: [NamedFlow.End], destinations: [NamedFlow.End], cells: [Cell]) {
    self.init(
      sources: sources, destinations: destinations, outcomes: cells.map(\.outcome),
      places: cells.indices.map { Int32($0) })
  }

  /// Row by row: for each source all destinations.
  package var cells: Cells { Cells(outcomes: outcomes, places: places, columns: destinations.count) }

  /// The cells of one source: all destinations.
  package func cells(ofSource source: Int) -> Slice<Cells> {
    let begin = source * destinations.count
    return cells[begin..<begin + destinations.count]
  }

  package struct Cell: Hashable, Sendable {
    /// Positions in `sources` and `destinations`.
    package var source: Int
    package var destination: Int
    /// Where a path or its answer failed first; where none did, where the first path arrived.
    package var outcome: Outcome

    package init(source: Int, destination: Int, outcome: Outcome) {
      self.source = source
      self.destination = destination
      self.outcome = outcome
    }

    package var isReached: Bool { outcome.disposition == .delivered }
  }

  /// The cells, made where they are read: most share their outcome with many others.
  package struct Cells: RandomAccessCollection, Sendable {
    fileprivate let outcomes: [Outcome]
    fileprivate let places: [Int32]
    fileprivate let columns: Int

    package var startIndex: Int { 0 }
    package var endIndex: Int { places.count }

    package subscript(index: Int) -> Cell {
      Cell(
        source: index / columns, destination: index % columns, outcome: outcomes[Int(places[index])])
    }
  }
}

extension Snapshot {
  /// Follows a connection's first segment and its answer between all pods, machines and Services: to port 80,
  /// and to a Service's first port.
  ///
  /// A Service counts as reached where every backend is; one without any port is left out. Pairs that all tables
  /// on their way treat alike are walked once.
  package func reachability() -> Reachability {
    var search = ReachSearch(self)
    return search.everyPair()
  }
}

extension Walk {
  /// The first failure of a path or of its answer; where all arrive, the outcome of the first path.
  package var verdict: Outcome {
    for path in paths {
      for outcome in [path.outcome, path.reply?.outcome].compactMap(\.self)
      where outcome.disposition != .delivered {
        return outcome
      }
    }
    return paths[0].outcome
  }
}
