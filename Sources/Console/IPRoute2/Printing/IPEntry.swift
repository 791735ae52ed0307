import NetModel

/// One entry of a listing in both of its forms, written in one go so that they cannot drift apart.
///
/// Source: iproute2 `lib/json_print.c`, whose calls print to whichever form was asked for.
struct IPEntry {
  let style: IPStyle
  private(set) var text = ""
  private(set) var members: [JSONValue.Member] = []

  init(style: IPStyle) {
    self.style = style
  }

  /// A value for both forms: the member `name` and the words that stand for it.
  mutating func add(_ name: String, _ value: JSONValue, text words: String, color: IPColor? = nil) {
    addMember(name, value)
    addText(words, color: color)
  }

  /// Words that only the text has.
  mutating func addText(_ words: String, color: IPColor? = nil) {
    guard style.isColored, let color else {
      text += words
      return
    }
    text += "\u{1b}[\(color.rawValue)m" + words + "\u{1b}[0m"
  }

  /// A member that only the JSON has.
  mutating func addMember(_ name: String, _ value: JSONValue) {
    members.append(JSONValue.Member(name, value))
  }

  /// Entries below this one: members of a list there, text that follows here.
  mutating func addEntries(_ name: String, _ entries: [IPEntry]) {
    addMember(name, .array(entries.map { .object($0.members) }))
    text += entries.map(\.text).joined()
  }
}

/// A listing in the form that its style asks for.
func listing(_ entries: [IPEntry], style: IPStyle) -> String {
  let objects = JSONValue.array(entries.map { .object($0.members) })
  return switch style.form {
  case .text: entries.map(\.text).joined()
  case .json: "\(objects)\n"
  case .prettyJSON: prettyJSON(objects, depth: 0) + "\n"
  }
}

/// JSON as `ip -j -p` lays it out: each member of an object on a line of its own, lists run on.
///
/// Source: iproute2 `lib/json_writer.c`.
func prettyJSON(_ value: JSONValue, depth: Int) -> String {
  switch value {
  case .array(let values):
    let inner = values.map { prettyJSON($0, depth: depth + 1) }.joined(separator: ",")
    return values.isEmpty ? "[ ]" : "[ \(inner) ]"
  case .object(let members):
    guard !members.isEmpty else { return "{}" }
    let lines = members.map { member in
      lineStart(depth: depth + 1) + JSONValue.quoted(member.name) + ": "
        + prettyJSON(member.value, depth: depth + 1)
    }
    return "{" + lines.joined(separator: ",") + lineStart(depth: depth) + "}"
  default:
    return value.description
  }
}

private func lineStart(depth: Int) -> String {
  "\n" + String(repeating: "    ", count: depth)
}
