/// The identities of pods: all of a namespace that bear the same labels have one.
package struct PodIdentities: Hashable, Sendable {
  /// In ascending order of their numbers.
  package private(set) var entries: [Entry] = []
  private var numbers: [Bearer: SecurityIdentity] = [:]

  package init() {}

  package struct Entry: Hashable, Sendable {
    package var namespace: String
    package var labels: Labels
    package var identity: SecurityIdentity
  }

  private struct Bearer: Hashable {
    var namespace: String
    var labels: Labels
  }

  /// The identity of pods with these labels; `nil` where no pod had them yet.
  subscript(namespace: String, labels: Labels) -> SecurityIdentity? {
    numbers[Bearer(namespace: namespace, labels: labels)]
  }

  func contains(_ identity: SecurityIdentity) -> Bool {
    entries.position(of: identity, by: \.identity) != nil
  }

  mutating func insert(_ entry: Entry) {
    entries.insertSorted(entry) { $0.identity < $1.identity }
    numbers[Bearer(namespace: entry.namespace, labels: entry.labels)] = entry.identity
  }
}
