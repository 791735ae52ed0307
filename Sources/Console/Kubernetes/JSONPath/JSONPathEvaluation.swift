import NetModel

/// One evaluation of a template.
///
/// Source: k8s.io/client-go `util/jsonpath/jsonpath.go`.
struct JSONPathEvaluation {
  let nodes: [JSONPathNode]
  /// How many loops are under way.
  private var depth = 0
  /// The `end` that closed a loop last.
  private var lastEnd: Int?
  /// How many values were visited, bounded so that `..` within `..` ends.
  private var visited = 0

  init(nodes: [JSONPathNode]) {
    self.nodes = nodes
  }

  /// Values that a JSONPath template may visit.
  private static let mostVisited = 5_000_000
  /// How many loops may be under way at once: one without its `end` is gone through twice, and so is all that
  /// stands in it.
  private static let mostLoops = 12

  /// The results of the nodes from `start` to the end of the template, or of the loop they stand in.
  mutating func results(on input: [JSONPathValue], from start: Int) throws(JSONPathError) -> [[JSONPathValue]]
  {
    var all: [[JSONPathValue]] = []
    var index = start
    while index < nodes.count {
      var marks = Marks()
      let found = try walk(nodes[index], input, &marks)
      if marks.ends {
        lastEnd = index
        break
      }
      if marks.begins {
        all += try loop(over: found, from: index + 1)
        if let lastEnd, lastEnd > index { index = lastEnd }
      } else {
        all.append(found)
      }
      index += 1
    }
    return all
  }

  private mutating func loop(
    over values: [JSONPathValue], from start: Int
  ) throws(JSONPathError) -> [[JSONPathValue]] {
    var all: [[JSONPathValue]] = []
    guard depth < Self.mostLoops else {
      throw JSONPathError("more than \(Self.mostLoops) loops within each other")
    }
    depth += 1
    defer { depth -= 1 }
    for value in values { all += try results(on: [value], from: start) }
    // A loop over nothing still has to find its end.
    if values.isEmpty { _ = try results(on: [], from: start) }
    return all
  }

  /// What a node says about loops.
  private struct Marks {
    var begins = false
    var ends = false
  }

  private mutating func walk(
    _ list: [JSONPathNode], _ input: [JSONPathValue], _ marks: inout Marks
  ) throws(JSONPathError) -> [JSONPathValue] {
    var values = input
    for node in list { values = try walk(node, values, &marks) }
    return values
  }

  private mutating func walk(
    _ node: JSONPathNode, _ input: [JSONPathValue], _ marks: inout Marks
  ) throws(JSONPathError) -> [JSONPathValue] {
    visited += max(input.count, 1)
    guard visited <= Self.mostVisited else { throw JSONPathError("the template visits too many values") }
    switch node {
    case .list(let list): return try walk(list, input, &marks)
    case .text(let text): return [.json(.string(text))]
    case .integer(let number): return input.map { _ in .json(.number(number)) }
    case .decimal(let number): return input.map { _ in .decimal(number) }
    case .bool(let flag): return input.map { _ in .json(.bool(flag)) }
    case .field(let name): return input.compactMap { $0.json[name].map { .json($0) } }
    case .wildcard: return input.flatMap { $0.json.children.map { .json($0) } }
    case .recursive: return recursive(input)
    case .array(let slice): return try array(slice, input)
    case .union(let lists):
      var values: [JSONPathValue] = []
      for list in lists { values += try walk(list, input, &marks) }
      return values
    case .existence(let path):
      // client-go takes a path that cannot be followed for one that leads somewhere.
      return try filter(input) { (walk, element) throws(JSONPathError) in
        do { return try !walk(path, element).isEmpty } catch { return true }
      }
    case .filter(let left, let comparison, let right):
      return try filter(input) { (walk, element) throws(JSONPathError) in
        guard let left = try Self.single(walk(left, element)) else { return false }
        guard let right = try Self.single(walk(right, element)) else { return false }
        return try JSONPathComparison.holds(left, comparison, right)
      }
    case .identifier(let word): return try identifier(word, input, &marks)
    }
  }

  private func identifier(
    _ word: String, _ input: [JSONPathValue], _ marks: inout Marks
  ) throws(JSONPathError) -> [JSONPathValue] {
    switch word {
    case "range":
      marks.begins = true
      return input
    case "end" where depth > 0:
      marks.ends = true
      return []
    case "end": throw JSONPathError("not in range, nothing to end")
    default: throw JSONPathError("unrecognized identifier \(word)")
    }
  }

  /// The values with children, each before what lies below it.
  private mutating func recursive(_ input: [JSONPathValue]) -> [JSONPathValue] {
    var values: [JSONPathValue] = []
    for value in input {
      let children = value.json.children
      visited += children.count
      guard !children.isEmpty, visited <= Self.mostVisited else { continue }
      values.append(value)
      values += recursive(children.map { .json($0) })
    }
    return values
  }

  private func array(
    _ slice: JSONPathNode.Slice, _ input: [JSONPathValue]
  ) throws(JSONPathError) -> [JSONPathValue] {
    var values: [JSONPathValue] = []
    for value in input where value.json != .null {
      guard case .array(let elements) = value.json else {
        throw JSONPathError("\(value.goType) is not array or slice")
      }
      guard let range = try slice.range(in: elements.count) else { return values }
      let step = slice.step ?? 1
      guard step > 0 else { throw JSONPathError("step must be > 0") }
      values += stride(from: range.lowerBound, to: range.upperBound, by: step).map { .json(elements[$0]) }
    }
    return values
  }

  private typealias Walk = ([JSONPathNode], JSONValue) throws(JSONPathError) -> [JSONPathValue]

  private mutating func filter(
    _ input: [JSONPathValue], by passes: (Walk, JSONValue) throws(JSONPathError) -> Bool
  ) throws(JSONPathError) -> [JSONPathValue] {
    var values: [JSONPathValue] = []
    for value in input {
      guard case .array(let elements) = value.json else {
        throw JSONPathError("\(value.goText) is not array or slice and cannot be filtered")
      }
      for element in elements {
        var inner = JSONPathEvaluation(nodes: [])
        var marks = Marks()
        let walk: Walk = { (list, element) throws(JSONPathError) in
          try inner.walk(list, [.json(element)], &marks)
        }
        if try passes(walk, element) { values.append(.json(element)) }
      }
      visited += elements.count
    }
    return values
  }

  private static func single(_ values: [JSONPathValue]) throws(JSONPathError) -> JSONPathValue? {
    if values.count > 1 { throw JSONPathError("can only compare one element at a time") }
    return values.first
  }
}

extension JSONPathNode.Slice {
  /// The indices that are meant; `nil` for none.
  fileprivate func range(in count: Int) throws(JSONPathError) -> Range<Int>? {
    var from = from ?? 0
    if from < 0 { from += count }
    var to = to ?? count
    if to < 0 || (to == 0 && isIndex) { to += count }
    if from == to { return nil }
    if from >= count || from < 0 { throw Self.outOfBounds(from, count) }
    if to > count || to < 0 { throw Self.outOfBounds(to - 1, count) }
    if from > to { throw JSONPathError("starting index \(from) is greater than ending index \(to)") }
    return from..<to
  }

  private static func outOfBounds(_ index: Int, _ count: Int) -> JSONPathError {
    JSONPathError("array index out of bounds: index \(index), length \(count)")
  }
}

extension JSONValue {
  /// The elements of a list, the values of an object in the order of its names, the letters of a text.
  fileprivate var children: [JSONValue] {
    switch self {
    case .array(let elements): elements
    case .object(let members): members.map(\.value)
    case .string(let text): text.utf8.map { .number(Int($0)) }
    case .null, .bool, .number: []
    }
  }
}
