/// A form of nodes that is read many times faster than YAML: what is compiled into the program is not parsed at
/// every start.
///
/// A node is a kind, its line and its column, and then a scalar's bytes or the nodes inside; all numbers are
/// LEB128, and lists, mappings and texts begin with their count.
extension Node {
  private enum Kind: UInt8 {
    case plainScalar, otherScalar, sequence, mapping
  }

  /// The node and all inside it as bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// The node that `bytes` stand for; `nil` for bytes that no node makes.
  package init?(bytes: [UInt8]) {
    var reader = NodeReader(bytes: bytes)
    guard let node = reader.node(), reader.isAtEnd else { return nil }
    self = node
  }

  private func append(to bytes: inout [UInt8]) {
    bytes.append(kind.rawValue)
    bytes.append(number: mark.line)
    bytes.append(number: mark.column)
    switch self {
    case .scalar(let scalar):
      bytes.append(number: scalar.string.utf8.count)
      bytes.append(contentsOf: scalar.string.utf8)
    case .sequence(let sequence):
      bytes.append(number: sequence.count)
      for node in sequence { node.append(to: &bytes) }
    case .mapping(let mapping):
      bytes.append(number: mapping.count)
      for (key, value) in mapping {
        key.append(to: &bytes)
        value.append(to: &bytes)
      }
    }
  }

  private var kind: Kind {
    switch self {
    case .scalar(let scalar): scalar.isPlain ? .plainScalar : .otherScalar
    case .sequence: .sequence
    case .mapping: .mapping
    }
  }

  private struct NodeReader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func node() -> Node? {
      guard let kind = byte().flatMap(Kind.init), let line = number(), let column = number(),
        let count = number(), count <= bytes.count - position
      else { return nil }
      let mark = Mark(line: line, column: column)
      switch kind {
      case .plainScalar, .otherScalar:
        let text = String(decoding: bytes[position..<position + count], as: UTF8.self)
        position += count
        return .scalar(Scalar(string: text, isPlain: kind == .plainScalar, mark: mark))
      case .sequence: return nodes(count).map { .sequence(Sequence(nodes: $0, mark: mark)) }
      case .mapping: return pairs(count).map { .mapping(Mapping(pairs: $0, mark: mark)) }
      }
    }

    private mutating func nodes(_ count: Int) -> [Node]? {
      var nodes: [Node] = []
      nodes.reserveCapacity(count)
      for _ in 0..<count {
        guard let node = node() else { return nil }
        nodes.append(node)
      }
      return nodes
    }

    private mutating func pairs(_ count: Int) -> [(key: Node, value: Node)]? {
      var pairs: [(key: Node, value: Node)] = []
      pairs.reserveCapacity(count)
      for _ in 0..<count {
        guard let key = node(), let value = node() else { return nil }
        pairs.append((key, value))
      }
      return pairs
    }

    private mutating func byte() -> UInt8? {
      guard position < bytes.count else { return nil }
      defer { position += 1 }
      return bytes[position]
    }

    /// At most 28 bits.
    private mutating func number() -> Int? {
      var value = 0
      for shift in stride(from: 0, to: 28, by: 7) {
        guard let next = byte() else { return nil }
        value |= Int(next & 0x7f) << shift
        if next < 0x80 { return value }
      }
      return nil
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: Int) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}
