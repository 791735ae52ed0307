import NetModel

/// Which fields the objects of each kind have, and what may stand in them.
///
/// The tables are texts: `TYPE: FIELD...` on each line, a field as `NAME[!]:SHAPE[=DEFAULT][@MERGE_KEY,...]`.
/// `!` marks fields that must be there. Shapes: `str`, `cidr`, `bool`, `int` and `int64`, `intstr` and `qty` (numbers or
/// texts), `any`, `map(SHAPE)`, `[SHAPE]`, the name of a type; words or a range in parentheses are all that is
/// allowed. `@*` marks lists of scalars that patches merge.
struct Schema: Sendable {
  private let types: [String: [Field]]

  /// One field of a type.
  struct Field: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool
    let fallback: JSONValue?
    /// What tells the elements of a list apart when it is merged; `nil` for lists that patches replace.
    let mergeKeys: [String]?
  }

  indirect enum Shape: Sendable {
    case text(allowed: [String])
    /// A text that must be a prefix of IPv4 or IPv6.
    case cidr
    case flag
    /// A whole number, of Go's `int32` or `int64`.
    case number(allowed: ClosedRange<Int>?, bits: Int)
    case scalar
    case any
    case map(Shape)
    case list(Shape)
    case object(String)
  }

  /// The schema of all kinds that the API server knows.
  static let all = Schema(tables: [kubernetesTypes, ciliumTypes, metalLBTypes])

  private init(tables: [String]) {
    var types: [String: [Field]] = [:]
    for line in tables.flatMap({ $0.split(separator: "\n") }) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      types[String(line[..<colon])] = line[line.index(after: colon)...].split(separator: " ").map(
        Schema.field)
    }
    self.types = types
  }

  /// The fields of a type; `nil` for one that is not in the tables.
  func fields(of type: String) -> [Field]? { types[type] }

  func field(_ name: String, of type: String) -> Field? {
    types[type]?.first { $0.name == name }
  }

  private static func field(_ text: Substring) -> Field {
    let (head, shapeAndMore) = split(text, at: ":")
    let (shapeAndDefault, keys) = split(shapeAndMore, at: "@")
    let (shape, fallback) = split(shapeAndDefault, at: "=")
    return Field(
      name: String(head.hasSuffix("!") ? head.dropLast() : head), shape: Schema.shape(shape),
      isRequired: head.hasSuffix("!"), fallback: fallback.isEmpty ? nil : value(fallback),
      mergeKeys: keys.isEmpty ? nil : keys == "*" ? [] : keys.split(separator: ",").map(String.init))
  }

  private static func value(_ text: Substring) -> JSONValue {
    Int(text).map { .number($0) } ?? .bool(text == "true")
  }

  private static func shape(_ text: Substring) -> Shape {
    if text.hasPrefix("[") { return .list(shape(text.dropFirst().dropLast())) }
    let (name, rest) = split(text, at: "(")
    let inner = rest.dropLast()
    switch name {
    case "str": return .text(allowed: inner.split(separator: "|").map(String.init))
    case "cidr": return .cidr
    case "bool": return .flag
    case "int": return .number(allowed: range(inner), bits: 32)
    case "int64": return .number(allowed: range(inner), bits: 64)
    case "intstr", "qty": return .scalar
    case "any": return .any
    case "map": return .map(shape(inner))
    default: return .object(String(name))
    }
  }

  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: ".").compactMap { Int($0) }
    return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
  }

  /// What stands before and behind the first `mark`; all before where there is none.
  private static func split(_ text: Substring, at mark: Character) -> (Substring, Substring) {
    guard let position = text.firstIndex(of: mark) else { return (text, "") }
    return (text[..<position], text[text.index(after: position)...])
  }
}
