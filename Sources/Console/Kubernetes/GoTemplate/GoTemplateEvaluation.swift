import NetModel

/// Fills a template in.
///
/// Source: Go `text/template/exec.go`, `funcs.go`; missing keys are allowed, as kubectl has it.
struct GoTemplateEvaluation {
  private(set) var output = ""
  /// The innermost last.
  private var variables: [(name: String, value: JSONValue)]
  private var steps = 0

  /// Nodes that are filled in: loops within loops could go on for ever.
  private static let mostSteps = 1_000_000

  init(root: JSONValue) {
    variables = [("$", root)]
  }

  mutating func run(_ nodes: [GoTemplateNode], dot: JSONValue) throws(GoTemplateError) {
    for node in nodes { try run(node, dot: dot) }
  }

  private mutating func run(_ node: GoTemplateNode, dot: JSONValue) throws(GoTemplateError) {
    steps += 1
    guard steps <= Self.mostSteps else { throw .notModelled("of more than \(Self.mostSteps) steps") }
    switch node {
    case .text(let text): output += text
    case .action(let pipeline):
      let value = try value(of: pipeline, dot: dot)
      if pipeline.variables.isEmpty { output += value.templateText }
    case .condition(let pipeline, let then, let otherwise):
      try inScope { (run: inout Self) throws(GoTemplateError) in
        let isTrue = try run.value(of: pipeline, dot: dot).isTrue
        try run.run(isTrue ? then : otherwise, dot: dot)
      }
    case .with(let pipeline, let body, let otherwise):
      try inScope { (run: inout Self) throws(GoTemplateError) in
        let value = try run.value(of: pipeline, dot: dot)
        try run.run(value.isTrue ? body : otherwise, dot: value.isTrue ? value : dot)
      }
    case .loop(let pipeline, let body, let otherwise):
      try inScope { (run: inout Self) throws(GoTemplateError) in
        try run.loop(pipeline, body, otherwise, dot: dot)
      }
    }
  }

  /// Variables that are declared in a block end with it.
  private mutating func inScope(
    _ body: (inout Self) throws(GoTemplateError) -> Void
  ) throws(GoTemplateError) {
    let count = variables.count
    try body(&self)
    variables.removeSubrange(count...)
  }

  private mutating func loop(
    _ pipeline: GoPipeline, _ body: [GoTemplateNode], _ otherwise: [GoTemplateNode], dot: JSONValue
  ) throws(GoTemplateError) {
    var plain = pipeline
    plain.variables = []
    let value = try value(of: plain, dot: dot)
    let elements: [(key: JSONValue, value: JSONValue)]
    switch value {
    case .array(let values):
      elements = values.enumerated().map { (key: .number($0.offset), value: $0.element) }
    case .object(let members):
      elements = members.sorted { $0.name < $1.name }.map { (key: .string($0.name), value: $0.value) }
    case .null: elements = []
    case .number: throw .notModelled("{{range}} over a number")
    case .bool, .string: throw .executing("range can't iterate over \(value.goText)")
    }
    if elements.isEmpty { return try run(otherwise, dot: dot) }
    for element in elements {
      try inScope { (run: inout Self) throws(GoTemplateError) in
        if let last = pipeline.variables.last { run.variables.append((last, element.value)) }
        if pipeline.variables.count > 1 { run.variables.append((pipeline.variables[0], element.key)) }
        try run.run(body, dot: element.value)
      }
    }
  }

  // MARK: Values

  private mutating func value(of pipeline: GoPipeline, dot: JSONValue) throws(GoTemplateError) -> JSONValue {
    var value: JSONValue?
    for command in pipeline.commands { value = try self.value(of: command, with: value, dot: dot) }
    let result = value ?? .null
    for name in pipeline.variables {
      guard pipeline.isAssignment else {
        variables.append((name, result))
        continue
      }
      guard let position = variables.lastIndex(where: { $0.name == name }) else {
        throw .parsing("undefined variable \"\(name)\"")
      }
      variables[position].value = result
    }
    return result
  }

  private mutating func value(
    of command: [GoOperand], with last: JSONValue?, dot: JSONValue
  ) throws(GoTemplateError) -> JSONValue {
    guard case .function(let name)? = command.first else {
      guard command.count == 1, last == nil, let operand = command.first else {
        throw .executing("can't give argument to non-function")
      }
      return try value(of: operand, dot: dot)
    }
    var arguments: [JSONValue] = []
    for operand in command.dropFirst() { arguments.append(try value(of: operand, dot: dot)) }
    return try GoFunction.call(name, arguments + (last.map { [$0] } ?? []))
  }

  private mutating func value(of operand: GoOperand, dot: JSONValue) throws(GoTemplateError) -> JSONValue {
    switch operand {
    case .literal(let value): return value
    case .dot: return dot
    case .function(let name): return try GoFunction.call(name, [])
    case .pipeline(let pipeline): return try value(of: pipeline, dot: dot)
    case .variable(let name):
      guard let found = variables.last(where: { $0.name == name }) else {
        throw .parsing("undefined variable \"\(name)\"")
      }
      return found.value
    case .fields(let base, let names):
      var value = try value(of: base, dot: dot)
      for name in names { value = try field(name, of: value) }
      return value
    }
  }

  private func field(_ name: String, of value: JSONValue) throws(GoTemplateError) -> JSONValue {
    switch value {
    case .object: return value[name] ?? .null
    case .null: throw .executing("nil data; no entry for key \"\(name)\"")
    case .bool, .number, .string, .array:
      throw .executing("can't evaluate field \(name) in type interface {}")
    }
  }
}

/// The functions that templates may call.
///
/// Source: Go `text/template/funcs.go`; k8s.io/cli-runtime `pkg/printers/template.go`.
enum GoFunction {
  static func call(_ name: String, _ arguments: [JSONValue]) throws(GoTemplateError) -> JSONValue {
    switch name {
    case "and": return arguments.first { !$0.isTrue } ?? arguments.last ?? .null
    case "or": return arguments.first { $0.isTrue } ?? arguments.last ?? .null
    case "not": return .bool(!(try one(name, arguments)).isTrue)
    case "len": return .number(try length(of: one(name, arguments)))
    case "index": return try index(arguments)
    case "exists": return .bool((try? index(arguments)).map { $0 != .null } ?? false)
    case "print": return .string(arguments.map(\.goText).joined())
    case "println": return .string(arguments.map(\.goText).joined(separator: " ") + "\n")
    case "printf": return .string(try formatted(arguments))
    case "eq", "ne", "lt", "le", "gt", "ge": return .bool(try compare(name, arguments))
    case "slice", "html", "js", "urlquery", "call", "base64decode": throw .notModelled("{{\(name)}}")
    default: throw .parsing("function \"\(name)\" not defined")
    }
  }

  private static func one(_ name: String, _ arguments: [JSONValue]) throws(GoTemplateError) -> JSONValue {
    guard arguments.count == 1 else {
      throw .executing("wrong number of args for \(name): want 1 got \(arguments.count)")
    }
    return arguments[0]
  }

  private static func length(of value: JSONValue) throws(GoTemplateError) -> Int {
    switch value {
    case .string(let text): return text.utf8.count
    case .array(let elements): return elements.count
    case .object(let members): return members.count
    case .null, .bool, .number: throw .executing("error calling len: len of type \(value.goText)")
    }
  }

  private static func index(_ arguments: [JSONValue]) throws(GoTemplateError) -> JSONValue {
    guard var value = arguments.first else {
      throw .executing("wrong number of args for index: want at least 1 got 0")
    }
    for key in arguments.dropFirst() {
      switch (value, key) {
      case (.array(let elements), .number(let position)):
        guard elements.indices.contains(position) else {
          throw .executing("error calling index: index out of range: \(position)")
        }
        value = elements[position]
      case (.object, .string(let name)): value = value[name] ?? .null
      default: throw .executing("error calling index: can't index item of type \(value.goText)")
      }
    }
    return value
  }

  private static func compare(_ name: String, _ arguments: [JSONValue]) throws(GoTemplateError) -> Bool {
    guard arguments.count >= 2, name == "eq" || arguments.count == 2 else {
      throw .executing("error calling \(name): missing argument for comparison")
    }
    let (left, right) = (arguments[0], arguments[1])
    switch name {
    case "eq": return arguments.dropFirst().contains(left)
    case "ne": return left != right
    default: break
    }
    let isLess: Bool
    switch (left, right) {
    case (.number(let one), .number(let other)): isLess = one < other
    case (.string(let one), .string(let other)): isLess = one < other
    default: throw .executing("error calling \(name): invalid type for comparison")
    }
    switch name {
    case "lt": return isLess
    case "le": return isLess || left == right
    case "gt": return !isLess && left != right
    default: return !isLess
    }
  }

  /// `%v`, `%s`, `%d`, `%q` and `%%`, with a width where one is given.
  private static func formatted(_ arguments: [JSONValue]) throws(GoTemplateError) -> String {
    guard case .string(let format)? = arguments.first else {
      throw .executing("wrong type for value; expected string")
    }
    var values = arguments.dropFirst()
    var text = ""
    var rest = format[...]
    while let character = rest.popFirst() {
      guard character == "%" else {
        text.append(character)
        continue
      }
      let isLeft = rest.first == "-"
      if isLeft { rest.removeFirst() }
      let width = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(width.count)
      guard let verb = rest.popFirst() else { return text + "%!(NOVERB)" }
      guard verb != "%" else {
        text += "%"
        continue
      }
      guard "vsdq".contains(verb) else { throw .notModelled("printf %\(verb)") }
      guard let value = values.popFirst() else {
        text += "%!\(verb)(MISSING)"
        continue
      }
      let word = verb == "q" ? JSONValue.quoted(value.goText) : value.goText
      let gap = String(repeating: " ", count: max(0, min(Int(width) ?? 0, mostWidth) - word.count))
      text += isLeft ? word + gap : gap + word
    }
    return text
  }

  /// Columns that `printf` pads to.
  private static let mostWidth = 1000
}

extension JSONValue {
  /// Source: Go `text/template/exec.go`, `IsTrue`.
  fileprivate var isTrue: Bool {
    switch self {
    case .null: false
    case .bool(let flag): flag
    case .number(let number): number != 0
    case .string(let text): !text.isEmpty
    case .array(let elements): !elements.isEmpty
    case .object(let members): !members.isEmpty
    }
  }

  fileprivate var templateText: String { self == .null ? "<no value>" : goText }
}
