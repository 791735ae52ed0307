import ControlPlane
import NetModel

/// An edited lab as a lab file: what it began with, and a chapter with every edit since.
package struct SavedLab: Hashable, Sendable {
  private let beginning: LabBeginning
  /// When it was saved.
  private let end: Instant
  /// Written as the entries of a chapter, in order.
  private let entries: [JSONValue]

  /// - Parameter network: what the edits made of the beginning.
  /// - Returns: `nil` where a lab file has no words for one of the edits.
  package init?(_ edits: [PastEdit], from beginning: LabBeginning, to network: Network) {
    self.beginning = beginning
    end = network.now
    var entries: [JSONValue] = []
    let learned = network.learnedNeighbors
    let last = learned.isEmpty ? [] : [PastEdit(.learnNeighbors(learned), at: end)]
    for past in beginning.edits + edits + last {
      guard let written = past.edit.chapterEntries else { return nil }
      let instant = JSONValue.Member("at", .number(Int(past.instant.nanoseconds)))
      entries += written.map { .object([instant] + $0.members) }
    }
    self.entries = entries
  }

  /// The name of the chapter that holds the edits.
  package static let chapterName = "saved"

  /// The file's text: YAML, each edit on a line of its own.
  package var yaml: String {
    let name = beginning.lab.split(separator: "/").last.map(String.init) ?? beginning.lab
    let seed = beginning.seed.map { ", seed: \($0)" } ?? ""
    var text = """
      # Saved by packetwalk: an edited lab. Open it with: packetwalk --lab FILE
      # Times are nanoseconds since the lab began.
      lab: \(JSONValue.quoted("\(name)-edited"))
      base: {lab: \(JSONValue.quoted(beginning.lab)), chapter: \(JSONValue.quoted(beginning.chapter))\(seed)}
      defaultChapter: \(SavedLab.chapterName)
      chapters:
        - name: \(SavedLab.chapterName)
          until: \(end.nanoseconds)
          edits:

      """
    if entries.isEmpty { text = text.dropLast() + " []\n" }
    return entries.reduce(text) { "\($0)      - \($1.spaced)\n" }
  }
}

extension Network {
  /// What ARP taught the kernels: nobody's edit, but part of what is seen.
  fileprivate var learnedNeighbors: [LearnedNeighbor] {
    manualChanges.flatMap { changes in
      changes.neighbors.filter { $0.state != .permanent }.map { LearnedNeighbor($0, on: changes.stack) }
    }
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
