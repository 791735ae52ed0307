/// A node of a YAML document, with the place where it stands.
package enum Node: Sendable {
  case scalar(Scalar)
  case mapping(Mapping)
  case sequence(Sequence)

  /// Where the node begins.
  package var mark: Mark {
    switch self {
    case .scalar(let scalar): scalar.mark
    case .mapping(let mapping): mapping.mark
    case .sequence(let sequence): sequence.mark
    }
  }

  /// A scalar's text; `nil` for other nodes.
  package var string: String? {
    if case .scalar(let scalar) = self { scalar.string } else { nil }
  }

  /// The node as a mapping; `nil` for other nodes.
  package var mapping: Mapping? {
    if case .mapping(let mapping) = self { mapping } else { nil }
  }

  /// The node as a sequence; `nil` for other nodes.
  package var sequence: Sequence? {
    if case .sequence(let sequence) = self { sequence } else { nil }
  }

  /// A piece of text.
  package struct Scalar: Sendable {
    package var string: String
    /// Written without quotes and not as a block, so that `80`, `true` and `null` are no texts.
    package var isPlain: Bool
    package var mark: Mark
  }

  /// Keys and values in the order of the file; no key stands twice.
  package struct Mapping: RandomAccessCollection, Sendable {
    package var pairs: [(key: Node, value: Node)]
    package var mark: Mark

    package var startIndex: Int { pairs.startIndex }
    package var endIndex: Int { pairs.endIndex }

    package subscript(position: Int) -> (key: Node, value: Node) { pairs[position] }

    /// The value at a key; O(n).
    package subscript(key: String) -> Node? {
      pairs.first { $0.key.string == key }?.value
    }
  }

  /// A list.
  package struct Sequence: RandomAccessCollection, Sendable {
    package var nodes: [Node]
    package var mark: Mark

    package var startIndex: Int { nodes.startIndex }
    package var endIndex: Int { nodes.endIndex }

    package subscript(position: Int) -> Node { nodes[position] }
  }

  /// A place in a text; both numbers from 1, the column in characters.
  package struct Mark: Hashable, Sendable {
    package var line: Int
    package var column: Int
  }
}
