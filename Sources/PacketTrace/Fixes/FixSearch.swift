import ControlPlane
import NetModel

extension Network {
  /// The smallest sets of edits that make `flow` and its answer arrive, smallest first; empty where none was
  /// found, and where the flow arrives as it is.
  ///
  /// Every set was walked. Sets of at most four edits are looked for, each repairing where the one before
  /// left the packet.
  package func fixes(for flow: Flow, atMost count: Int = 3) -> [Fix] {
    var search = FixSearch(flow: flow, wanted: count)
    search.run(from: self)
    return search.found
  }
}

/// A search by growing weight over the edits that a person would try.
private struct FixSearch {
  let flow: Flow
  let wanted: Int
  private(set) var found: [Fix] = []
  private var open: [Candidate] = []
  private var walks = 0

  /// Walks that a search for fixes tries.
  static let mostWalks = 400
  /// Edits of one fix.
  static let mostEdits = 4

  struct Candidate {
    let network: Network
    let snapshot: Snapshot
    let fix: Fix
  }

  init(flow: Flow, wanted: Int) {
    self.flow = flow
    self.wanted = wanted
  }

  mutating func run(from network: Network) {
    let start = candidate(network, edits: [])
    guard !start.fix.paths.allSatisfy(\.deliversRoundTrip) else { return }
    open = [start]
    while let next = takeLightest(), found.count < wanted, walks < FixSearch.mostWalks {
      if next.fix.paths.allSatisfy(\.deliversRoundTrip) {
        keep(next.fix)
      } else if next.fix.edits.count < FixSearch.mostEdits {
        extend(next)
      }
    }
  }

  private mutating func candidate(_ network: Network, edits: [Edit]) -> Candidate {
    walks += 1
    let snapshot = network.snapshot()
    let paths = snapshot.walk(flow, roundTrip: true).paths
    return Candidate(network: network, snapshot: snapshot, fix: Fix(edits: edits, paths: paths))
  }

  private mutating func takeLightest() -> Candidate? {
    guard let index = open.indices.min(by: { open[$0].fix.weight < open[$1].fix.weight }) else { return nil }
    return open.remove(at: index)
  }

  /// A set that holds a smaller one that was found already adds nothing.
  private mutating func keep(_ fix: Fix) {
    guard !found.contains(where: { Set($0.edits).isSubset(of: fix.edits) }) else { return }
    found.append(fix)
  }

  private mutating func extend(_ candidate: Candidate) {
    guard let failed = candidate.fix.paths.first(where: { !$0.deliversRoundTrip })?.failure else { return }
    for edit in candidate.network.repairs(of: failed, in: candidate.snapshot)
    where !candidate.fix.edits.contains(edit) {
      guard walks < FixSearch.mostWalks, let network = try? candidate.network.applying(edit, at: .start)
      else {
        continue
      }
      let next = self.candidate(network, edits: candidate.fix.edits + [edit])
      if next.comesFurther(than: failed.progress) { open.append(next) }
    }
  }
}

extension FixSearch.Candidate {
  fileprivate func comesFurther(than progress: Path.Progress) -> Bool {
    fix.paths.contains { $0.deliversRoundTrip || $0.failure.progress > progress }
  }
}
