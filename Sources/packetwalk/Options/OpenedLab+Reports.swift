import ControlPlane
import PacketTrace
import Presentation

extension OpenedLab {
  /// What a report says of the lab.
  func setting(of snapshot: Snapshot) -> ReportSetting {
    ReportSetting(lab: lab.name, chapter: chapter, mode: ReportSetting.Mode(snapshot))
  }
}

extension Network {
  /// The smallest edits that make one path of a flow, and its answer, arrive.
  func fixes(for flow: Flow, by path: Path) -> [Fix] {
    let ends = [path.outcome, path.reply?.outcome].compactMap(\.self)
    guard ends.contains(where: { $0.disposition != .delivered }) else { return [] }
    var wanted = flow
    wanted.backend = path.backend ?? flow.backend
    return fixes(for: wanted)
  }
}
