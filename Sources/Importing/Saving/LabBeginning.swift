import ControlPlane

/// What an edited lab began with.
package struct LabBeginning: Hashable, Sendable {
  /// The lab's name or path.
  package var lab: String
  package var chapter: String
  /// What took the place of the lab's own seed; `nil` where that holds.
  package var seed: UInt64?
  /// What was done before anybody could see it, in order.
  package var edits: [PastEdit]

  package init(lab: String, chapter: String, seed: UInt64? = nil, edits: [PastEdit] = []) {
    self.lab = lab
    self.chapter = chapter
    self.seed = seed
    self.edits = edits
  }
}

extension Lab {
  /// What the lab in one of its chapters begins an edited one with; a saved state hands on what it began with itself.
  ///
  /// - Parameter lab: what the lab is opened by.
  package func beginning(named lab: String, chapter name: String, seed: UInt64?) -> LabBeginning {
    guard var beginning, let last = chapters.firstIndex(where: { $0.name == name }),
      chapters[...last].allSatisfy({ $0.end != nil })
    else { return LabBeginning(lab: lab, chapter: name, seed: seed) }
    for chapter in chapters[...last] {
      beginning.edits += chapter.edits.map { PastEdit($0.edit, at: $0.instant ?? .start) }
    }
    return beginning
  }
}
