/// Everything that a person can do in the inspector.
///
/// The one table of actions: keys, key bar, help and the reasons why something is not possible now all follow
/// this list.
package enum Action: String, Hashable, Sendable, CaseIterable {
  case nextStep = "next-step"
  case previousStep = "previous-step"
  case nextHop = "next-hop"
  case previousHop = "previous-hop"
  case firstStep = "first-step"
  case lastStep = "last-step"
  case switchMode = "switch-mode"
  case reply
  case compare
  case chooseSource = "choose-source"
  case chooseDestination = "choose-destination"
  case chooseBackend = "choose-backend"
  case switchProtocol = "switch-protocol"
  case swapEnds = "swap-ends"
  case chooseWalk = "choose-walk"
  case bookmark
  case applyFix = "apply-fix"
  case edit
  case add
  case remove
  case viewWalk = "view-walk"
  case viewTopology = "view-topology"
  case viewPacket = "view-packet"
  case viewTables = "view-tables"
  case viewCompare = "view-compare"
  case viewReach = "view-reach"
  case viewCapture = "view-capture"
  case viewLog = "view-log"
  case nextPane = "next-pane"
  case previousPane = "previous-pane"
  case up
  case down
  case open
  case undo
  case redo
  case commandLine = "command-line"
  case labShell = "lab-shell"
  case save
  case reset
  case search
  case sort
  case copyWalk = "copy-walk"
  case copyView = "copy-view"
  case mouse
  case grounds
  case bytes
  case language
  case back
  case help
  case suspend
  case quit

  /// The keys that do it, the one that is shown first.
  package var keys: [Key] {
    switch self {
    case .nextStep: [.right, .character("n")]
    case .previousStep: [.left, .character("p")]
    case .nextHop: [.pageDown, .character("N")]
    case .previousHop: [.pageUp, .character("P")]
    case .firstStep: [.home, .character("g")]
    case .lastStep: [.end, .character("G")]
    case .switchMode: [.function(2), .character("m")]
    case .reply: [.function(3), .character("r")]
    case .compare: [.function(4), .character("c")]
    case .chooseSource: [.function(5), .character("s")]
    case .chooseDestination: [.function(6), .character("d")]
    case .chooseBackend: [.character("b")]
    case .switchProtocol: [.character("t")]
    case .swapEnds: [.character("S")]
    case .chooseWalk: [.character("h")]
    case .bookmark: [.character("B")]
    case .applyFix: [.character("a")]
    case .edit: [.function(7), .character("e")]
    case .add: [.insert, .character("+")]
    case .remove: [.delete, .character("-")]
    case .viewWalk: [.character("1")]
    case .viewTopology: [.character("2")]
    case .viewPacket: [.character("3")]
    case .viewTables: [.character("4")]
    case .viewCompare: [.character("5")]
    case .viewReach: [.character("6")]
    case .viewCapture: [.character("7")]
    case .viewLog: [.character("8")]
    case .nextPane: [.tab]
    case .previousPane: [.backTab]
    case .up: [.up]
    case .down: [.down]
    case .open: [.enter, .character(" ")]
    case .undo: [.function(8), .character("u")]
    case .redo: [.shiftFunction(8), .character("U"), .control("r")]
    case .commandLine: [.function(9), .character(":")]
    case .labShell: [.character("!")]
    case .save: [.character("W")]
    case .reset: [.character("X")]
    case .search: [.character("/")]
    case .sort: [.character("o")]
    case .copyWalk: [.character("y")]
    case .copyView: [.character("Y")]
    case .mouse: [.character("M")]
    case .grounds: [.character("w")]
    case .bytes: [.character("x")]
    case .language: [.character("L")]
    case .back: [.escape]
    case .help: [.function(1), .character("?")]
    case .suspend: [.control("z")]
    case .quit: [.function(10), .character("q")]
    }
  }

  /// The view that the action opens; `nil` for other actions.
  package var view: ViewID? {
    switch self {
    case .viewWalk: .walk
    case .viewTopology: .topology
    case .viewPacket: .packet
    case .viewTables: .tables
    case .viewCompare: .compare
    case .viewReach: .reach
    case .viewCapture: .capture
    case .viewLog: .log
    default: nil
    }
  }

  /// What the key bar offers, the most wanted first; it shows as many as there is room for.
  package static let keyBar: [Action] = [
    .nextStep, .nextHop, .switchMode, .help, .quit, .nextPane, .applyFix, .undo, .commandLine,
    .chooseDestination, .chooseSource, .reply, .compare, .edit, .viewTables, .grounds, .language,
  ]

  /// What the list of actions under F1 leaves out: it would act on the list itself.
  package var isListed: Bool {
    switch self {
    case .up, .down, .open, .back, .help: false
    default: true
    }
  }
}
