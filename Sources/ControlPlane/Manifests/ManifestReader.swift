import NetModel

/// Reads typed objects from manifests and collects the faults it meets.
///
/// A reading function answers `nil` where it has reported a fault, or where the key is not there.
package struct ManifestReader {
  package private(set) var faults: [ManifestFault] = []

  package init() {}

  mutating func report(_ problem: ManifestFault.Problem, at node: ManifestNode) {
    faults.append(ManifestFault(path: node.path, isInName: false, problem: problem))
  }

  /// A mapping whose keys are all among `keys`.
  mutating func fields(_ node: ManifestNode, keys: [String]) -> ManifestFields? {
    guard var fields = openFields(node) else { return nil }
    for key in fields.keys where !keys.contains(key) {
      let similar = similarName(to: key, among: keys)
      if let similar { fields.misspelledKeys.append(similar) }
      faults.append(
        ManifestFault(
          path: node.path + [.member(key)], isInName: true,
          problem: .unknownKey(key, similar: similar, known: keys)))
    }
    return fields
  }

  /// A mapping with any keys.
  mutating func openFields(_ node: ManifestNode) -> ManifestFields? {
    guard case .object(let members) = node.value else {
      report(.invalidValue(node.text, expected: .mapping), at: node)
      return nil
    }
    return ManifestFields(node: node, members: members)
  }

  mutating func list(_ node: ManifestNode) -> [ManifestNode] {
    guard case .array(let values) = node.value else {
      report(.invalidValue(node.text, expected: .list), at: node)
      return []
    }
    return values.enumerated().map { ManifestNode($1, path: node.path + [.element($0)]) }
  }

  /// The list at a key; empty where the key is not there.
  mutating func list(_ fields: ManifestFields, _ key: String) -> [ManifestNode] {
    fields[key].map { list($0) } ?? []
  }

  mutating func text(_ node: ManifestNode) -> String? {
    guard let text = node.scalar else {
      report(.invalidValue(node.text, expected: .text), at: node)
      return nil
    }
    return text
  }

  /// A value that `parse` understands.
  mutating func value<Value>(
    _ node: ManifestNode, _ expected: ManifestFault.Expected, _ parse: (String) -> Value?
  ) -> Value? {
    guard let value = node.scalar.flatMap(parse) else {
      report(.invalidValue(node.text, expected: expected), at: node)
      return nil
    }
    return value
  }
}

extension ManifestReader {
  /// The value at a key; that the key is missing is reported, unless one that looks like it was.
  mutating func required(_ fields: ManifestFields, _ key: String) -> ManifestNode? {
    if let node = fields[key] { return node }
    if !fields.misspelledKeys.contains(key) { report(.missingKey(key), at: fields.node) }
    return nil
  }

  mutating func text(_ fields: ManifestFields, _ key: String) -> String? {
    fields[key].flatMap { text($0) }
  }

  mutating func requiredText(_ fields: ManifestFields, _ key: String) -> String? {
    required(fields, key).flatMap { text($0) }
  }

  mutating func address(_ node: ManifestNode) -> IPv4Address? {
    value(node, .address) { IPv4Address(parsing: $0) }
  }

  mutating func address(_ fields: ManifestFields, _ key: String) -> IPv4Address? {
    fields[key].flatMap { address($0) }
  }

  mutating func requiredAddress(_ fields: ManifestFields, _ key: String) -> IPv4Address? {
    required(fields, key).flatMap { address($0) }
  }

  mutating func number(_ node: ManifestNode, in range: ClosedRange<Int>) -> Int? {
    value(node, .number(range)) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
  }

  mutating func number(_ fields: ManifestFields, _ key: String, in range: ClosedRange<Int>) -> Int? {
    fields[key].flatMap { number($0, in: range) }
  }

  mutating func port(_ node: ManifestNode) -> UInt16? {
    number(node, in: 1...65535).map(UInt16.init)
  }

  mutating func bool(_ fields: ManifestFields, _ key: String) -> Bool? {
    fields[key].flatMap { value($0, .boolean) { Bool($0) } }
  }

  /// One of an enum's words.
  mutating func word<Word>(_ fields: ManifestFields, _ key: String, as: Word.Type = Word.self) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    fields[key].flatMap { node in
      value(node, .word(Word.allCases.map(\.rawValue))) { Word(rawValue: $0) }
    }
  }

  mutating func labels(_ node: ManifestNode) -> Labels {
    guard let fields = openFields(node) else { return Labels() }
    var labels = Labels()
    for key in fields.keys { labels[key] = text(fields, key) }
    return labels
  }

  mutating func labels(_ fields: ManifestFields, _ key: String) -> Labels {
    fields[key].map { labels($0) } ?? Labels()
  }
}

/// A mapping of a manifest.
struct ManifestFields {
  let node: ManifestNode
  /// Known keys that unknown ones look like.
  var misspelledKeys: [String] = []
  private let members: [JSONValue.Member]

  init(node: ManifestNode, members: [JSONValue.Member]) {
    self.node = node
    self.members = members
  }

  var keys: [String] { members.map(\.name) }

  subscript(key: String) -> ManifestNode? {
    members.first { $0.name == key }.map { ManifestNode($0.value, path: node.path + [.member(key)]) }
  }
}
