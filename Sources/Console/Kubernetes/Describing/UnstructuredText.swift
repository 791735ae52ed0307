import NetModel

/// Objects of kinds about which kubectl knows nothing, field by field.
///
/// Source: kubectl `pkg/describe/describe.go` (`printUnstructuredContent`, `smartLabelFor`);
/// github.com/fatih/camelcase.
enum UnstructuredText {
  private static let shownElsewhere: Set<String> = [
    ".metadata.managedFields", ".metadata.name", ".metadata.namespace", ".metadata.labels",
    ".metadata.annotations",
  ]

  static func write(_ object: JSONValue, level: Int, path: String, to text: inout DescribeText) {
    for member in object.members.sorted(by: { $0.name < $1.name }) {
      let path = "\(path).\(member.name)"
      guard !shownElsewhere.contains(path) else { continue }
      let label = label(for: member.name)
      switch member.value {
      case .object:
        text.line(level, "\(label):")
        write(member.value, level: level + 1, path: path, to: &text)
      case .array(let elements):
        text.line(level, "\(label):")
        for element in elements {
          if case .object = element {
            write(element, level: level + 1, path: path, to: &text)
          } else {
            text.line(level + 1, element.goText)
          }
        }
      default: text.field(label, member.value.goText, level: level)
      }
    }
  }

  private static let acronyms: Set<String> = ["API", "URL", "UID", "OSB", "GUID"]

  /// `externalTrafficPolicy` becomes `External Traffic Policy`.
  static func label(for field: String) -> String {
    guard field.allSatisfy({ $0.isLetter || $0 == "-" }) else { return field }
    return words(of: field).map { word in
      acronyms.contains(word.uppercased())
        ? word.uppercased() : word.prefix(1).uppercased() + word.dropFirst()
    }.joined(separator: " ")
  }

  private enum Kind {
    case lower, upper, other
  }

  private static func words(of field: String) -> [String] {
    var words: [(kind: Kind, text: String)] = []
    for character in field {
      let kind: Kind = character.isLowercase ? .lower : character.isUppercase ? .upper : .other
      if let last = words.last, last.kind == kind {
        words[words.count - 1].text.append(character)
      } else {
        words.append((kind, String(character)))
      }
    }
    // The last capital belongs to the small letters behind it.
    for index in words.indices.dropFirst()
    where words[index].kind == .lower && words[index - 1].kind == .upper {
      words[index].text = String(words[index - 1].text.removeLast()) + words[index].text
    }
    return words.map(\.text).filter { !$0.isEmpty }
  }
}
