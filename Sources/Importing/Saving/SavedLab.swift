import ControlPlane
import NetModel

/// An edited lab as a lab file: the lab and chapter that it began with, and a chapter with every edit since.
package struct SavedLab: Hashable, Sendable {
  package var lab: String
  package var chapter: String
  /// Written as the entries of a chapter, in order.
  private let edits: [JSONValue]

  /// - Returns: `nil` where a lab file has no words for one of the edits.
  package init?(_ edits: [Edit], lab: String, chapter: String) {
    self.lab = lab
    self.chapter = chapter
    var entries: [JSONValue] = []
    for edit in edits {
      guard let written = edit.chapterEntries else { return nil }
      entries += written
    }
    self.edits = entries
  }

  /// The name of the chapter that holds the edits.
  package static let chapterName = "saved"

  /// The file's text: YAML, each edit on a line of its own.
  package var yaml: String {
    let name = lab.split(separator: "/").last.map(String.init) ?? lab
    var text = """
      # Saved by packetwalk: an edited lab. Open it with: packetwalk --lab FILE
      lab: \(JSONValue.quoted("\(name)-edited"))
      base: {lab: \(JSONValue.quoted(lab)), chapter: \(JSONValue.quoted(chapter))}
      defaultChapter: \(SavedLab.chapterName)
      chapters:
        - name: \(SavedLab.chapterName)
          edits:

      """
    if edits.isEmpty { text = text.dropLast() + " []\n" }
    return edits.reduce(text) { "\($0)      - \($1.spaced)\n" }
  }
}

extension JSONValue {
  /// On one line, with a blank behind colons and commas, as YAML wants them.
  fileprivate var spaced: String {
    switch self {
    case .array(let values): "[" + values.map(\.spaced).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(JSONValue.quoted($0.name)): \($0.value.spaced)" }.joined(separator: ", ") + "}"
    default: description
    }
  }
}
