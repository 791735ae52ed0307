import NetModel

/// Reads a template of Go's.
///
/// Source: Go `text/template/parse`.
struct GoTemplateParser {
  private var pieces: ArraySlice<Piece>
  private var depth = 0

  /// Blocks, or parentheses, within each other.
  private static let mostLevels = 100

  private enum Piece: Hashable {
    case text(String)
    case action([GoToken])
  }

  static func parse(_ text: String) throws(GoTemplateError) -> [GoTemplateNode] {
    var parser = GoTemplateParser(pieces: try pieces(of: text)[...])
    let (nodes, end) = try parser.list()
    if let end { throw .parsing("unexpected {{\(end)}}") }
    return nodes
  }

  // MARK: Pieces

  /// Text and actions by turns; a dash within the braces takes the blanks beside them away.
  private static func pieces(of text: String) throws(GoTemplateError) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    var trims = false
    while let open = rest.firstRange(of: "{{") {
      var before = rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      if trims { before = before.drop(while: \.isWhitespace) }
      if rest.hasPrefix("- ") || rest.hasPrefix("-\n") || rest.hasPrefix("-\t") {
        before =
          before[..<(before.lastIndex { !$0.isWhitespace }.map(before.index(after:)) ?? before.startIndex)]
        rest = rest.dropFirst()
      }
      if !before.isEmpty { pieces.append(.text(String(before))) }
      let action = try action(&rest)
      trims = action.trims
      if !action.tokens.isEmpty { pieces.append(.action(action.tokens)) }
    }
    if trims { rest = rest.drop(while: \.isWhitespace) }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  /// The tokens up to the closing braces; a comment has none.
  private static func action(_ rest: inout Substring) throws(GoTemplateError) -> (
    tokens: [GoToken], trims: Bool
  ) {
    if rest.drop(while: \.isWhitespace).hasPrefix("/*") {
      guard let end = rest.firstRange(of: "*/") else { throw .parsing("unclosed comment") }
      rest = rest[end.upperBound...]
    }
    var tokens: [GoToken] = []
    while true {
      let blanks = rest.prefix(while: \.isWhitespace)
      rest = rest.dropFirst(blanks.count)
      if rest.hasPrefix("}}") {
        rest = rest.dropFirst(2)
        return (tokens, false)
      }
      if !blanks.isEmpty, rest.hasPrefix("-}}") {
        rest = rest.dropFirst(3)
        return (tokens, true)
      }
      guard let token = try GoToken(&rest, behindBlank: !blanks.isEmpty) else {
        throw .parsing("unclosed action")
      }
      tokens.append(token)
    }
  }

  // MARK: Lists

  /// Nodes up to an `end` or `else`, whose words come back; `nil` at the end of the template.
  private mutating func list() throws(GoTemplateError) -> ([GoTemplateNode], String?) {
    var nodes: [GoTemplateNode] = []
    while let piece = pieces.popFirst() {
      switch piece {
      case .text(let text): nodes.append(.text(text))
      case .action(let tokens):
        guard case .word(let word)? = tokens.first else {
          nodes.append(.action(try Self.pipeline(tokens[...])))
          continue
        }
        switch word {
        case "end": return (nodes, "end")
        case "else":
          if tokens.count > 1 { pieces.insert(.action(Array(tokens.dropFirst())), at: pieces.startIndex) }
          return (nodes, tokens.count > 1 ? "else if" : "else")
        case "if", "range", "with": nodes.append(try block(word, tokens.dropFirst()))
        case "define", "template", "block", "break", "continue": throw .notModelled("{{\(word)}}")
        default: nodes.append(.action(try Self.pipeline(tokens[...])))
        }
      }
    }
    return (nodes, nil)
  }

  private mutating func block(
    _ word: String, _ tokens: ArraySlice<GoToken>
  ) throws(GoTemplateError) -> GoTemplateNode {
    guard !tokens.isEmpty else { throw .parsing("missing value for \(word)") }
    guard depth < Self.mostLevels else { throw .notModelled("in more than \(Self.mostLevels) levels") }
    depth += 1
    defer { depth -= 1 }
    let pipeline = try Self.pipeline(tokens)
    let (body, end) = try list()
    var otherwise: [GoTemplateNode] = []
    switch end {
    case "end": break
    case "else":
      let (nodes, end) = try list()
      guard end == "end" else { throw .parsing("expected end; found {{\(end ?? "EOF")}}") }
      otherwise = nodes
    case "else if":
      // The chained condition brings the end of all along.
      guard case .action(let chained)? = pieces.popFirst(), case .word(let next)? = chained.first,
        next == "if" || next == "with"
      else { throw .parsing("unexpected token in {{else}}") }
      otherwise = [try block(next, chained.dropFirst())]
    default: throw .parsing("unexpected EOF")
    }
    switch word {
    case "if": return .condition(pipeline, then: body, otherwise: otherwise)
    case "range": return .loop(pipeline, body: body, otherwise: otherwise)
    default: return .with(pipeline, body: body, otherwise: otherwise)
    }
  }

  // MARK: Pipelines

  private static func pipeline(_ tokens: ArraySlice<GoToken>) throws(GoTemplateError) -> GoPipeline {
    var rest = tokens
    let pipeline = try pipeline(&rest, depth: 0)
    guard rest.isEmpty else { throw .parsing("unexpected right paren") }
    return pipeline
  }

  /// Up to the end, or to a closing parenthesis.
  private static func pipeline(
    _ rest: inout ArraySlice<GoToken>, depth: Int
  ) throws(GoTemplateError) -> GoPipeline {
    guard depth < mostLevels else { throw .notModelled("in more than \(mostLevels) levels") }
    var pipeline = GoPipeline()
    let declared = rest.prefix { token in
      if case .variable = token { true } else { token == .comma }
    }
    if let sign = rest.dropFirst(declared.count).first, sign == .declare || sign == .assign {
      pipeline.variables = declared.compactMap { if case .variable(let name) = $0 { name } else { nil } }
      pipeline.isAssignment = sign == .assign
      rest = rest.dropFirst(declared.count + 1)
    }
    var command: [GoOperand] = []
    while let token = rest.first, token != .close {
      rest = rest.dropFirst()
      guard token == .pipe else {
        try append(token, &rest, to: &command, depth: depth)
        continue
      }
      guard !command.isEmpty else { throw .parsing("missing value for command") }
      pipeline.commands.append(command)
      command = []
    }
    guard !command.isEmpty else { throw .parsing("missing value for command") }
    pipeline.commands.append(command)
    return pipeline
  }

  private static func append(
    _ token: GoToken, _ rest: inout ArraySlice<GoToken>, to command: inout [GoOperand], depth: Int
  ) throws(GoTemplateError) {
    switch token {
    case .literal(let value): command.append(.literal(value))
    case .word(let name): command.append(.function(name))
    case .variable(let name): command.append(.variable(name))
    case .dot: command.append(.dot)
    case .field(let name, let isChained):
      if isChained, let last = command.popLast() {
        if case .fields(let base, let names) = last {
          command.append(.fields(base, names + [name]))
        } else {
          command.append(.fields(last, [name]))
        }
      } else {
        command.append(.fields(.dot, [name]))
      }
    case .open:
      let inner = try pipeline(&rest, depth: depth + 1)
      guard rest.popFirst() == .close else { throw .parsing("unclosed left paren") }
      command.append(.pipeline(inner))
    case .pipe, .close, .comma, .declare, .assign: throw .parsing("unexpected \(token) in operand")
    }
  }
}

/// One token of an action.
enum GoToken: Hashable {
  case literal(JSONValue)
  case word(String)
  case variable(String)
  case dot
  /// `.NAME`; chained where it stands right behind another operand.
  case field(String, isChained: Bool)
  case open, close, pipe, comma, declare, assign

  /// `nil` at the end of the text.
  init?(_ rest: inout Substring, behindBlank: Bool) throws(GoTemplateError) {
    guard let first = rest.first else { return nil }
    switch first {
    case "(": self = .open
    case ")": self = .close
    case "|": self = .pipe
    case ",": self = .comma
    case "=": self = .assign
    case ":":
      guard rest.hasPrefix(":=") else { throw .parsing("expected :=") }
      rest = rest.dropFirst()
      self = .declare
    case "\"", "`":
      self = .literal(.string(try GoToken.string(&rest, quote: first)))
      return
    case ".":
      rest = rest.dropFirst()
      let name = GoToken.name(&rest)
      self = name.isEmpty ? .dot : .field(name, isChained: !behindBlank)
      return
    case "$":
      rest = rest.dropFirst()
      self = .variable("$" + GoToken.name(&rest))
      return
    default:
      self = try GoToken.plain(&rest)
      return
    }
    rest = rest.dropFirst()
  }

  private static func name(_ rest: inout Substring) -> String {
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  private static func string(_ rest: inout Substring, quote: Character) throws(GoTemplateError) -> String {
    rest = rest.dropFirst()
    var content = ""
    var isEscaped = false
    while let character = rest.popFirst() {
      if character == quote, !isEscaped {
        if quote == "`" { return content }
        guard let text = GoString.unquoted(Array(content.unicodeScalars)[...], quote: "\"") else { break }
        return text
      }
      isEscaped = quote == "\"" && character == "\\" && !isEscaped
      content.append(character)
    }
    throw .parsing("unterminated quoted string")
  }

  /// A number, a truth value, or a function's name.
  private static func plain(_ rest: inout Substring) throws(GoTemplateError) -> GoToken {
    let sign = rest.first == "-" ? "-" : ""
    rest = rest.dropFirst(sign.count)
    let word = name(&rest)
    guard !word.isEmpty else {
      throw .parsing("unexpected \(rest.first.map { "U+\($0)" } ?? "EOF") in command")
    }
    if let number = Int(sign + word) { return .literal(.number(number)) }
    guard sign.isEmpty else { throw .parsing("bad number syntax: \(sign)\(word)") }
    switch word {
    case "true": return .literal(true)
    case "false": return .literal(false)
    case "nil": return .literal(.null)
    default: return .word(word)
    }
  }
}
