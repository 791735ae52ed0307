import PacketTrace

/// A walk with all that a reader needs to know where it comes from.
package struct TraceReport: Hashable, Sendable {
  package var setting: ReportSetting
  package var flow: NamedFlow
  package var walk: Walk
  /// For each path, the smallest sets of edits that make it and its answer arrive; empty where none are needed
  /// or none were looked for.
  package var fixes: [[Fix]]
  /// The question for the destination's name that goes before; empty where none was asked.
  package var nameQuestions: [TraceReport] = []

  package init(setting: ReportSetting, flow: NamedFlow, walk: Walk, fixes: [[Fix]] = []) {
    self.setting = setting
    self.flow = flow
    self.walk = walk
    self.fixes = fixes
  }

  /// The fixes of the path at that position.
  func fixes(ofPath index: Int) -> [Fix] {
    fixes.element(at: index) ?? []
  }
}

/// Two traces of one flow, natively routed and tunnelled.
package struct CompareReport: Hashable, Sendable {
  package var left: TraceReport
  package var right: TraceReport

  package init(left: TraceReport, right: TraceReport) {
    self.left = left
    self.right = right
  }

  package var comparison: WalkComparison { WalkComparison(left.walk, right.walk) }
}

/// How a report is written; the raw value is the word of `--format`.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
  /// For people: aligned, in colours where the terminal has them.
  case text
  /// Numbered sentences, one a line, for a screen reader.
  case plain
  case json
  case markdown
}
