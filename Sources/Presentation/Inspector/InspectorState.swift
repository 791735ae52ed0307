import Console
import ControlPlane
import Importing
import NetModel
import PacketTrace

/// Everything that the inspector's screen is made from.
package struct InspectorState: Sendable {
  /// The lab and its chapter, as the title shows them.
  package var title: String
  /// What the lab was opened by; `nil` where it has no name of its own.
  package var origin: LabOrigin?
  /// What a saved lab begins with; `nil` where it cannot be saved.
  package var beginning: LabBeginning?
  /// The terminal's size; clicks are meant on what it shows.
  package var screen = Size(columns: 80, rows: 24)
  package var language: Language
  package var glyphs: Glyphs

  /// Which key does what.
  package var keyMap = KeyMap.standard

  /// The source of truth; edits and commands alone change it.
  package internal(set) var lab: RunningLab
  /// The lab as it was opened: what was changed since is marked, and a reset goes back to it.
  let opened: RunningLab.Moment?
  /// What packets met then.
  let base: Snapshot
  /// What undo goes back to, the latest last.
  var past: [RunningLab.Moment] = []
  /// What redo goes forward to, the latest undone last.
  var future: [RunningLab.Moment] = []
  /// The lab was changed by hand since its edge was told.
  var isLabEdited = false

  /// What is asked: who sends what to whom.
  package internal(set) var flow: Flow
  /// The network's state and the walk; made anew when the network or the flow changes, never for a frame.
  package internal(set) var scene: Scene
  /// The other routing mode's scene while the comparison is open.
  package internal(set) var comparison: Comparison?
  /// The smallest fixes of the walk; `nil` as long as nobody has looked for them.
  package internal(set) var fixes: [Fix]?
  /// Who reaches whom; `nil` as long as nobody has looked.
  package internal(set) var reach: ReachPair?
  /// The cell of the matrix that is looked at.
  package internal(set) var reachCell = ReachCell()
  /// The walks that were looked at, the latest first.
  package internal(set) var recent: [Flow] = []
  /// The walks that the reader wants to come back to, the oldest first.
  package internal(set) var bookmarks: [Flow] = []

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
  package internal(set) var tableOrder = TableOrder.asStored
  /// The rows that were followed on the way to the one that is looked at.
  var tableTrail: [TablePlace] = []
  package internal(set) var overlay: Overlay?
  /// The line for commands under the view.
  package internal(set) var commandLine = CommandPrompt()
  /// Commands, what they wrote, and what keys did; the oldest first.
  package internal(set) var log = Log()
  /// What is searched in the focused pane.
  package internal(set) var finder = Finder()
  package internal(set) var showsGrounds = true
  package internal(set) var showsBytes = false
  package internal(set) var takesMouse = false
  package internal(set) var notice: Notice?
  /// Where the lab was saved last, or came from when it was saved before.
  package var savePath: String?

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

extension InspectorState {
  /// Tells the reader something when nothing was pressed.
  package mutating func tell(_ notice: Notice) {
    self.notice = notice
  }

  /// What the lab's packets are derived from; `nil` for a recording.
  package var network: Network? { lab.network }
}

/// What a lab was opened by: its name or path, and the chapter.
package struct LabOrigin: Hashable, Sendable {
  package var lab: String
  package var chapter: String

  package init(lab: String, chapter: String) {
    self.lab = lab
    self.chapter = chapter
  }
}

/// Two scenes beside each other.
package struct Comparison: Hashable, Sendable {
  package var kind: Kind
  package var left: Scene
  package var right: Scene

  package enum Kind: Hashable, Sendable {
    /// Native routing and a tunnel.
    case modes
    /// Before the last edit, and after it.
    case edit
  }
}

/// The views, by the digits that open them.
package enum ViewID: Int, Hashable, Sendable, CaseIterable {
  case walk = 1
  case topology, packet, tables, compare, reach, capture, log

  /// The word for the view in files.
  var name: String {
    switch self {
    case .walk: "walk"
    case .topology: "topology"
    case .packet: "packet"
    case .tables: "tables"
    case .compare: "compare"
    case .reach: "reach"
    case .capture: "capture"
    case .log: "log"
    }
  }
}

/// The parts of a view that can have the focus.
package enum PaneID: String, Hashable, Sendable, CaseIterable {
  case decision, packet, table, steps
  case tableHosts, tableKinds, tableRows
  case topology, comparison, tableChanges
  case reach, reachDetail
  case frames, flows
  case log
  case fieldNote
}

extension ViewID {
  /// The panes of the view in the order in which Tab visits them.
  package var panes: [PaneID] {
    switch self {
    case .walk: [.decision, .packet, .table, .steps]
    case .packet: [.packet, .fieldNote]
    case .tables: [.tableHosts, .tableKinds, .tableRows]
    case .topology: [.topology]
    case .compare: [.comparison, .tableChanges]
    case .reach: [.reach, .reachDetail]
    case .capture: [.frames, .flows]
    case .log: [.log]
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
  /// A key changed the lab as these commands would; the walks differ from that step on (from 0), or not at all.
  case changed([EditCommand], firstDifference: Int?)
  /// The lab is as it was opened.
  case wasReset
  case copied(lines: Int)
  case bookmarked, bookmarkRemoved
  case saved(path: String)
  case notSaved(path: String, reason: String)
  /// Another file stands there.
  case fileExists(path: String)
  /// The saved file would lack an edit.
  case cannotSave
  case commandLine(CommandLineFault)
  /// No walk has those ends.
  case noFlow(FlowError)
  /// The settings file is wrong; defaults hold.
  case config(LabErrors)
  /// The mouse is on, or off.
  case mouse(isOn: Bool)
}

/// Why an action is not possible now.
package enum Unavailability: Hashable, Sendable {
  case noSteps
  case firstStep, lastStep
  case firstHop, lastHop
  case noReply(Disposition)
  case onlyOnePath
  case noAgents
  /// The walk arrives, and its answer too.
  case nothingToFix
  case noFixFound
  /// What is selected follows from other things; they can be changed.
  case derived
  /// Nothing that could be changed is selected.
  case nothingSelected
  case recording
  case onePane
  case nothingToUndo, nothingToRedo
}
