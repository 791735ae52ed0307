/// The labels of an object, or the ones that a selector asks for.
package struct Labels: Hashable, Sendable {
  /// In ascending order of the key; no key twice.
  package private(set) var entries: [Entry] = []

  package init() {}

  /// Labels from pairs; the last of a key counts.
  package init(_ pairs: [(key: String, value: String)]) {
    for (key, value) in pairs { self[key] = value }
  }

  /// One label.
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: String
  }

  /// The value of a label; `nil` where there is none, and to take it away.
  package subscript(key: String) -> String? {
    get { entries.first { $0.key == key }?.value }
    set {
      entries.removeAll { $0.key == key }
      guard let newValue else { return }
      let position = entries.firstIndex { $0.key > key } ?? entries.endIndex
      entries.insert(Entry(key: key, value: newValue), at: position)
    }
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// True where these labels hold every one that `selector` asks for.
  package func satisfy(_ selector: Labels) -> Bool {
    selector.entries.allSatisfy { self[$0.key] == $0.value }
  }
}
