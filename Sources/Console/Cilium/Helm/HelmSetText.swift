import ControlPlane
import NetModel

/// What `--set` says: `NAME=VALUE` pairs apart by commas.
///
/// Lists (`NAME={A,B}`, `NAME[0]=A`), escapes (`\,` `\.` `\=`) and `null`, which takes a value away, are read;
/// lists of maps are not.
///
/// Source: Helm `pkg/strvals/parser.go`.
struct HelmSetText {
  /// Whether numbers and truth values stay text (`--set-string`).
  private let keepsText: Bool
  private var rest: Substring

  /// Applies the pairs to values.
  ///
  /// - Parameter option: as errors name it, such as `--set`.
  static func apply(
    _ text: String, option: String = "--set", keepsText: Bool = false, to values: inout HelmValues
  ) throws(ToolFailure) {
    var parser = HelmSetText(keepsText: keepsText, rest: text[...])
    do throws(Fault) {
      while !parser.rest.isEmpty { try parser.readPair(into: &values) }
    } catch {
      switch error {
      case .said(let message): throw .error("failed parsing \(option) data: \(message)")
      case .unmodelled(let path): throw .notModelled("helm \(option) \(path)")
      }
    }
  }

  private enum Fault: Error {
    case said(String)
    case unmodelled(String)
  }

  /// How many names may stand within each other.
  ///
  /// Source: Helm `pkg/strvals/parser.go`, `MaxNestedNameLevel`.
  private static let mostLevels = 30

  private mutating func readPair(into values: inout HelmValues) throws(Fault) {
    let (path, end) = read(until: "=,[", keepingEscapesOf: ".")
    guard path.replacing("\\.", with: "").count(where: { $0 == "." }) <= Self.mostLevels else {
      throw .said(
        "value name nested level is greater than maximum supported nested level of \(Self.mostLevels)")
    }
    switch end {
    case "=": try readValue(of: path, into: &values)
    case "[": try readElement(of: path, into: &values)
    default:
      throw .said("key \(JSONValue.quoted(path)) has no value\(end == nil ? "" : " (cannot end with ,)")")
    }
  }

  private mutating func readValue(of path: String, into values: inout HelmValues) throws(Fault) {
    if rest.first == "{" {
      rest.removeFirst()
      values.replace(path, with: .list(try readList()))
    } else {
      values.replace(path, with: typed(read(until: ",").text))
    }
  }

  /// The elements up to a closing brace, and the comma behind it.
  private mutating func readList() throws(Fault) -> [HelmValue] {
    var elements: [HelmValue] = []
    while true {
      let (text, end) = read(until: ",}")
      switch end {
      case ",": elements += [typed(text)].compactMap { $0 }
      case "}":
        if !(text.isEmpty && elements.isEmpty) { elements += [typed(text)].compactMap { $0 } }
        if rest.first == "," { rest.removeFirst() }
        return elements
      default: throw .said("list must terminate with '}'")
      }
    }
  }

  private mutating func readElement(of path: String, into values: inout HelmValues) throws(Fault) {
    let (text, end) = read(until: "]")
    guard end == "]", let index = Int(text) else {
      throw .said("error parsing index: strconv.Atoi: parsing \(JSONValue.quoted(text)): invalid syntax")
    }
    guard index >= 0 else { throw .said("negative \(index) index not allowed") }
    guard index <= 65536 else {
      throw .said("index of \(index) is greater than maximum supported index of 65536")
    }
    guard rest.first == "=" else { throw .unmodelled("\(path)[\(index)]") }
    rest.removeFirst()
    let value = typed(read(until: ",").text)
    var list: [HelmValue] = []
    if case .list(let former) = values[path] { list = former }
    guard let value, index <= list.count else { throw .unmodelled("\(path)[\(index)]") }
    if index == list.count { list.append(value) } else { list[index] = value }
    values.replace(path, with: .list(list))
  }

  /// Source: Helm `pkg/strvals/parser.go`, `typedVal`.
  private func typed(_ text: String) -> HelmValue? {
    if keepsText { return .string(text) }
    switch text.lowercased() {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return nil
    default: break
    }
    if text == "0" { return .integer(0) }
    guard text.first != "0", text.first != "+", let number = Int(text) else { return .string(text) }
    return .integer(number)
  }

  /// Reads up to one of the stops; a backslash takes the next character as it is.
  private mutating func read(
    until stops: String, keepingEscapesOf kept: String = ""
  ) -> (text: String, end: Character?) {
    var text = ""
    while let character = rest.popFirst() {
      if character == "\\", let next = rest.popFirst() {
        text += kept.contains(next) ? "\\\(next)" : String(next)
      } else if stops.contains(character) {
        return (text, character)
      } else {
        text.append(character)
      }
    }
    return (text, nil)
  }
}

extension HelmValues {
  /// Sets a value; what stood below the path, or above it, gives way. `nil` takes it away.
  fileprivate mutating func replace(_ path: String, with value: HelmValue?) {
    for setting in settings where setting.path.hasPrefix("\(path).") || path.hasPrefix("\(setting.path).") {
      self[setting.path] = nil
    }
    self[path] = value
  }
}
