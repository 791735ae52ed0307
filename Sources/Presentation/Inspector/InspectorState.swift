import ControlPlane
import NetModel
import PacketTrace

/// Everything that the inspector's screen is made from.
package struct InspectorState: Sendable {
  /// The lab and its chapter, as the title shows them.
  package var title: String
  package var language: Language
  package var glyphs: Glyphs

  /// The source of truth; edits alone change it.
  package internal(set) var network: Network
  /// The model's time; it moves by command or key.
  package internal(set) var now: Instant
  /// What undo goes back to, the latest last.
  var past: [Network] = []
  /// What redo goes forward to, the latest undone last.
  var future: [Network] = []

  /// What is asked: who sends what to whom.
  package internal(set) var flow: Flow
  /// The network's state and the walk; made anew when the network or the flow changes, never for a frame.
  package internal(set) var scene: Scene
  /// The other routing mode's scene while the comparison is open.
  package internal(set) var comparison: Comparison?

  /// Which path of the walk is looked at.
  package internal(set) var pathIndex = 0
  /// The answer is looked at rather than the request.
  package internal(set) var isReply = false
  /// The steps that are looked at.
  package internal(set) var itinerary: Itinerary
  /// Which of them is the current one.
  package internal(set) var position = 0
  /// Where the reader last went by hand; other modes keep to it as far as they can.
  var anchor: Anchor

  package internal(set) var view: ViewID = .walk
  package internal(set) var focus: PaneID = .decision
  /// The selected item of each pane.
  package internal(set) var cursors: [PaneID: Int] = [:]
  /// The tables that were chosen by hand; without a choice they follow the step.
  package internal(set) var tableChoice = TableChoice()
  package internal(set) var overlay: Overlay?
  package internal(set) var showsGrounds = true
  package internal(set) var showsBytes = false
  package internal(set) var notice: Notice?

  struct Anchor: Hashable, Sendable {
    var itinerary: Itinerary
    var position: Int
  }

  /// What lies over the view.
  package enum Overlay: Hashable, Sendable {
    /// The list of all actions with the selected one.
    case help(selected: Int)
    case chooser(Chooser)
  }

  /// The current step; `nil` where the walk has none.
  package var stop: Itinerary.Stop? {
    itinerary.stops.indices.contains(position) ? itinerary.stops[position] : nil
  }

  /// The path that is looked at; `nil` where the walk has none.
  package var path: Path? {
    scene.walk.paths.indices.contains(pathIndex) ? scene.walk.paths[pathIndex] : nil
  }
}

/// Two modes' scenes beside each other.
package struct Comparison: Hashable, Sendable {
  package var left: Scene
  package var right: Scene
}

/// The views, by the digits that open them.
package enum ViewID: Int, Hashable, Sendable, CaseIterable {
  case walk = 1
  case topology, packet, tables, compare, reach, capture, log
}

/// The parts of a view that can have the focus.
package enum PaneID: String, Hashable, Sendable, CaseIterable {
  case decision, packet, table, steps
  case tableHosts, tableKinds, tableRows
  case topology, comparison, reach
}

extension ViewID {
  /// The panes of the view in the order in which Tab visits them; empty for a view that is not there yet.
  package var panes: [PaneID] {
    switch self {
    case .walk: [.decision, .packet, .table, .steps]
    case .packet: [.packet]
    case .tables: [.tableHosts, .tableKinds, .tableRows]
    case .topology: [.topology]
    case .compare: [.comparison]
    case .reach, .capture, .log: []
    }
  }
}

/// One line about what has just happened; words are made when it is drawn.
package enum Notice: Hashable, Sendable {
  case unavailable(Action, Unavailability)
  /// The mode was switched; the walks differ from that step on (from 0), or not at all.
  case modeSwitched(CiliumSettings.RoutingMode, firstDifference: Int?)
  /// An edit was undone or redone.
  case travelled(Action, firstDifference: Int?)
  case nothingMatches(String)
  /// An edit made no sense; nothing changed.
  case refused(EditError)
}

/// Why an action is not possible now.
package enum Unavailability: Hashable, Sendable {
  case noSteps
  case firstStep, lastStep
  case firstHop, lastHop
  case noReply(Disposition)
  case onlyOnePath
  case noAgents
  case notThereYet
  case onePane
  case nothingToUndo, nothingToRedo
}
