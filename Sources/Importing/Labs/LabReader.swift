import ControlPlane
import NetModel
import YAML

/// Reads typed values from a lab's YAML and collects the faults it meets.
///
/// A reading function answers `nil` where it has reported a fault, or where the key is not there.
struct LabReader {
  let file: String
  /// Gives the lab that this one begins with.
  let source: Lab.LabSource
  var errors: [LabError] = []

  init(
    file: String,
    source: @escaping Lab.LabSource = { name, seed throws(LabErrors) in try Lab.builtIn(name, seed: seed) }
  ) {
    self.file = file
    self.source = source
  }

  mutating func report(_ problem: LabError.Problem, at node: Node) {
    errors.append(LabError(file: file, position: node.position, problem: problem))
  }

  /// A mapping whose keys are all among `keys`.
  mutating func fields(_ node: Node, keys: [String]) -> Fields? {
    guard var fields = openFields(node) else { return nil }
    for pair in fields.mapping.pairs where !keys.contains(pair.key.text) {
      let similar = similarName(to: pair.key.text, among: keys)
      if let similar { fields.misspelledKeys.append(similar) }
      report(.unknownKey(pair.key.text, similar: similar, known: keys), at: pair.key)
    }
    return fields
  }

  /// A mapping with any keys.
  mutating func openFields(_ node: Node) -> Fields? {
    guard case .mapping(let mapping) = node else {
      report(.invalidValue(node.text, expected: .mapping), at: node)
      return nil
    }
    return Fields(node: node, mapping: mapping)
  }

  mutating func list(_ node: Node) -> [Node] {
    guard case .sequence(let sequence) = node else {
      report(.invalidValue(node.text, expected: .list), at: node)
      return []
    }
    return Array(sequence)
  }

  /// The list at a key; empty where the key is not there.
  mutating func list(_ fields: Fields, _ key: String) -> [Node] {
    fields[key].map { list($0) } ?? []
  }

  mutating func text(_ node: Node) -> String? {
    guard case .scalar(let scalar) = node else {
      report(.invalidValue(node.text, expected: .text), at: node)
      return nil
    }
    return scalar.string
  }

  /// A value that `parse` understands.
  mutating func value<Value>(
    _ node: Node, _ expected: LabError.Expected, _ parse: (String) -> Value?
  ) -> Value? {
    guard case .scalar(let scalar) = node, let value = parse(scalar.string) else {
      report(.invalidValue(node.text, expected: expected), at: node)
      return nil
    }
    return value
  }
}

extension LabReader {
  /// The value at a key; that the key is missing is reported, unless one that looks like it was.
  mutating func required(_ fields: Fields, _ key: String) -> Node? {
    if let node = fields[key] { return node }
    if !fields.misspelledKeys.contains(key) { report(.missingKey(key), at: fields.node) }
    return nil
  }

  mutating func text(_ fields: Fields, _ key: String) -> String? {
    fields[key].flatMap { text($0) }
  }

  mutating func requiredText(_ fields: Fields, _ key: String) -> String? {
    required(fields, key).flatMap { text($0) }
  }

  mutating func address(_ node: Node) -> IPv4Address? {
    value(node, .address) { IPv4Address(parsing: $0[...]) }
  }

  mutating func address(_ fields: Fields, _ key: String) -> IPv4Address? {
    fields[key].flatMap { address($0) }
  }

  mutating func requiredAddress(_ fields: Fields, _ key: String) -> IPv4Address? {
    required(fields, key).flatMap { address($0) }
  }

  mutating func prefix(_ fields: Fields, _ key: String) -> IPv4Prefix? {
    fields[key].flatMap { value($0, .prefix) { IPv4Prefix(parsing: $0[...]) } }
  }

  mutating func mac(_ node: Node) -> MACAddress? {
    value(node, .mac) { MACAddress(parsing: $0[...]) }
  }

  mutating func mac(_ fields: Fields, _ key: String) -> MACAddress? {
    fields[key].flatMap { mac($0) }
  }

  mutating func number(_ node: Node, in range: ClosedRange<Int>) -> Int? {
    value(node, .number(range)) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
  }

  mutating func number(_ fields: Fields, _ key: String, in range: ClosedRange<Int>) -> Int? {
    fields[key].flatMap { number($0, in: range) }
  }

  mutating func port(_ node: Node) -> UInt16? {
    number(node, in: 1...65535).map(UInt16.init)
  }

  mutating func bool(_ fields: Fields, _ key: String) -> Bool? {
    fields[key].flatMap { value($0, .boolean) { Bool($0) } }
  }

  /// One of an enum's words.
  mutating func word<Word>(_ fields: Fields, _ key: String, as: Word.Type = Word.self) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    fields[key].flatMap { node in
      value(node, .word(Word.allCases.map(\.rawValue))) { Word(rawValue: $0) }
    }
  }

  /// `NAMESPACE/NAME`.
  mutating func namespacedName(_ node: Node) -> (namespace: String, name: String)? {
    value(node, .namespacedName) { text in
      let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      return (String(Substring(parts[0])), String(Substring(parts[1])))
    }
  }

  mutating func labels(_ node: Node) -> Labels {
    guard let fields = openFields(node) else { return Labels() }
    var labels = Labels()
    for key in fields.keys { labels[key] = text(fields, key) }
    return labels
  }

  mutating func labels(_ fields: Fields, _ key: String) -> Labels {
    fields[key].map { labels($0) } ?? Labels()
  }
}

/// A mapping of the file.
struct Fields {
  let node: Node
  let mapping: Node.Mapping
  /// Known keys that unknown ones look like.
  var misspelledKeys: [String] = []

  init(node: Node, mapping: Node.Mapping) {
    self.node = node
    self.mapping = mapping
  }

  var keys: [String] { mapping.pairs.map(\.key.text) }
  var keyNodes: [Node] { mapping.pairs.map(\.key) }

  subscript(key: String) -> Node? { mapping[key] }
}

extension Node {
  var position: LabError.Position? {
    LabError.Position(line: mark.line, column: mark.column)
  }

  /// A scalar's text, or the kind of node for a message.
  var text: String {
    switch self {
    case .scalar(let scalar): scalar.string
    case .mapping: "a mapping"
    case .sequence: "a list"
    }
  }
}
