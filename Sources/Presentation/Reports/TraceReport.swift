import PacketTrace

/// A walk with all that a reader needs to know where it comes from.
package struct TraceReport: Hashable, Sendable {
  package var setting: ReportSetting
  package var flow: NamedFlow
  package var walk: Walk

  package init(setting: ReportSetting, flow: NamedFlow, walk: Walk) {
    self.setting = setting
    self.flow = flow
    self.walk = walk
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
