/// Builds nodes from a parser's events.
struct Composer {
  /// How deep nodes may lie within nodes.
  static let deepest = 200
  /// How many nodes a text may make; aliases could make any number from a few lines.
  static let mostNodes = 1_000_000

  private let parser: EventParser
  private var anchors: [String: (node: Node, size: Int)] = [:]
  private var nodeCount = 0

  init(parser: EventParser) {
    self.parser = parser
  }

  mutating func documents() throws(YAMLError) -> [Node] {
    var documents: [Node] = []
    while true {
      let event = try parser.next()
      switch event.kind {
      case .streamEnd: return documents
      case .documentStart:
        anchors = [:]
        documents.append(try node(try parser.next(), depth: 0))
      default: continue
      }
    }
  }

  private mutating func node(_ event: Event, depth: Int) throws(YAMLError) -> Node {
    if depth > Composer.deepest { throw YAMLError(mark: event.mark, problem: .tooDeep) }
    let before = nodeCount
    try count(1, at: event.mark)
    let node: Node
    switch event.kind {
    case .scalar(let text, let isPlain):
      node = .scalar(Node.Scalar(string: text, isPlain: isPlain, mark: event.mark))
    case .sequenceStart: node = .sequence(try sequence(from: event.mark, depth: depth))
    case .mappingStart: node = .mapping(try mapping(from: event.mark, depth: depth))
    case .alias(let name): return try alias(name, at: event.mark)
    default: preconditionFailure("libyaml promises a node here, not \(event.kind)")
    }
    if let anchor = event.anchor { anchors[anchor] = (node, nodeCount - before) }
    return node
  }

  private mutating func count(_ more: Int, at mark: Node.Mark) throws(YAMLError) {
    nodeCount += more
    if nodeCount > Composer.mostNodes { throw YAMLError(mark: mark, problem: .tooManyNodes) }
  }

  private mutating func alias(_ name: String, at mark: Node.Mark) throws(YAMLError) -> Node {
    guard let anchored = anchors[name] else { throw YAMLError(mark: mark, problem: .unknownAnchor(name)) }
    try count(anchored.size, at: mark)
    return anchored.node
  }

  private mutating func sequence(from mark: Node.Mark, depth: Int) throws(YAMLError) -> Node.Sequence {
    var nodes: [Node] = []
    while true {
      let event = try parser.next()
      if case .sequenceEnd = event.kind { return Node.Sequence(nodes: nodes, mark: mark) }
      nodes.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func mapping(from mark: Node.Mark, depth: Int) throws(YAMLError) -> Node.Mapping {
    var mapping = Node.Mapping(pairs: [], mark: mark)
    var keys: Set<String> = []
    while true {
      let event = try parser.next()
      if case .mappingEnd = event.kind { return mapping }
      let key = try node(event, depth: depth + 1)
      if let text = key.string, !keys.insert(text).inserted {
        throw YAMLError(mark: key.mark, problem: .duplicateKey(text))
      }
      mapping.pairs.append((key, try node(try parser.next(), depth: depth + 1)))
    }
  }
}
