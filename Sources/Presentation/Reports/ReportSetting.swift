import ControlPlane

/// What a report was made from.
package struct ReportSetting: Hashable, Sendable {
  package var lab: String
  /// `nil` for a lab without chapters.
  package var chapter: String?
  package var mode: Mode

  package init(lab: String, chapter: String?, mode: Mode) {
    self.lab = lab
    self.chapter = chapter
    self.mode = mode
  }

  /// How the cluster's nodes carry packets to each other; the raw value is the stable code that JSON carries.
  package enum Mode: String, Hashable, Sendable, CaseIterable {
    case native, vxlan, geneve
    /// Not all nodes do it in the same way.
    case mixed
  }
}

extension ReportSetting.Mode {
  /// The mode that all agents run in; native where there are none.
  package init(_ snapshot: Snapshot) {
    let modes = snapshot.agents.map { ReportSetting.Mode($0.datapath.settings.routing) }
    let first = modes.first ?? .native
    self = modes.allSatisfy { $0 == first } ? first : .mixed
  }

  private init(_ routing: CiliumSettings.RoutingMode) {
    switch routing {
    case .native: self = .native
    case .tunnel(.vxlan): self = .vxlan
    case .tunnel(.geneve): self = .geneve
    }
  }
}
