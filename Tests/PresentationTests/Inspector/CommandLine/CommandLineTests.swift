import Console
import Importing
import NetModel
import Testing

@testable import Presentation

/// The line for commands: what is typed runs in the lab, and the walk follows.
@Suite struct CommandLineTests {
  private func typed(_ keys: String) throws -> InspectorState {
    try WeekFour.state().pressing(KeyTokens.keys(parsing: keys))
  }

  @Test func aCommandChangesTheLabAndTheWalk() throws {
    let state = try typed(
      """
      PgDn : "ip route add 172.20.2.0/24 via 192.168.20.100" Enter
      "ip route add 172.20.0.0/24 via 192.168.10.100" Enter
      """)
    #expect(state.isDelivered)
    #expect(state.past.count == 2)
    #expect(state.pressing([.escape, .character("u"), .character("u")]).network == state.opened?.network)
  }

  @Test func outputAndStatusStandInTheLog() throws {
    let state = try typed(": \"hostname\" Enter \"nonsense\" Enter")
    #expect(
      state.log.entries == [
        .command(LabLine(host: state.flow.origin, words: ["hostname"])),
        .output("curl-pod", isError: false), .command(LabLine(host: state.flow.origin, words: ["nonsense"])),
        .output("bash: nonsense: command not found", isError: true), .status(127),
      ])
  }

  @Test func aCommandRunsWhereTheLineIs() throws {
    let state = try typed(": \"host k8s-w0\" Enter \"hostname\" Enter")
    #expect(state.log.entries.last == .output("k8s-w0", isError: false))
    #expect(try typed(": \"host nowhere\" Enter").notice == .commandLine(.unknownHost("nowhere")))
  }

  @Test(arguments: [
    ("\"ip route | cat\"", CommandLineFault.needsShell("|")), ("\"echo $HOME\"", .needsShell("$")),
    ("\"echo 'a\"", .missingQuote), ("\"save\"", .missingFileName),
  ])
  func whatIsNoCommandIsToldAndKept(text: String, fault: CommandLineFault) throws {
    let state = try typed(": \(text) Enter")
    #expect(state.notice == .commandLine(fault))
    #expect(state.commandLine.isOpen)
  }

  @Test func oneCommandRunsAtATime() throws {
    var state = try typed(": \"hostname\"")
    #expect(update(&state, .keyPressed(.enter)).count == 1)
    for key in try KeyTokens.keys(parsing: "\"hostname\"") { _ = update(&state, .keyPressed(key)) }
    #expect(update(&state, .keyPressed(.enter)).isEmpty)
    #expect(state.notice == .commandLine(.stillRunning))
    #expect(update(&state, .keyPressed(.control("c"))) == [.interrupt])
    _ = update(&state, .commandEnded(status: 130))
    #expect(state.commandLine.running == nil)
  }

  @Test(arguments: [
    ("\"hostn\" Tab", "hostname "), ("\"ip ro\" Tab", "ip route "),
    ("\"ip route add 172.20.2.0/24 vi\" Tab", "ip route add 172.20.2.0/24 via "),
    ("\"host k8s-c\" Tab", "host k8s-ctr "), ("\"ㅑㅔ\" Space \"ro\" Tab", "ㅑㅔ router "),
    ("\"zzz\" Tab", "zzz"),
  ])
  func tabCompletes(keys: String, text: String) throws {
    #expect(try typed("PgDn : \(keys)").commandLine.text.string == text)
  }

  @Test func tabShowsWhatItCannotDecide() throws {
    let state = try typed(": \"ip \" Tab")
    #expect(state.commandLine.completions.contains("route"))
    #expect(state.commandLine.text.string == "ip ")
  }

  @Test func historyGoesBackAndForth() throws {
    let state = try typed(": \"hostname\" Enter \"ip link\" Enter \"ha\"")
    #expect(state.pressing([.up]).commandLine.text.string == "ip link")
    #expect(state.pressing([.up, .up, .up]).commandLine.text.string == "hostname")
    #expect(state.pressing([.up, .up, .down, .down]).commandLine.text.string == "ha")
  }

  @Test func escapeLosesNothing() throws {
    let state = try typed(": \"ip route\" Esc :")
    #expect(state.commandLine.text.string == "ip route")
  }

  @Test func anotherWalkIsTraced() throws {
    let state = try typed(": \"trace router webpod@k8s-w1 icmp\" Enter")
    #expect(state.flow.origin == .host(NodeID("router")))
    #expect(state.flow.content == .echo)
    let wrong = try typed(": \"trace router nowhere\" Enter")
    #expect(wrong.notice.map { if case .noFlow = $0 { true } else { false } } == true)
  }

  @Test func savingAsksForAFileAndWritesALab() throws {
    let asked = try WeekFour.state().pressing([.character("a"), .character("W")])
    #expect(asked.commandLine.text.string == "save lab-edited.yaml")
    var state = asked
    guard
      case .write(let text, "lab-edited.yaml", replaces: false)? = update(&state, .keyPressed(.enter)).last
    else {
      Issue.record("nothing is written")
      return
    }
    #expect(text.contains("addRoute"))
    _ = update(&state, .fileWritten(path: "lab-edited.yaml", failure: "No space left on device"))
    #expect(state.notice == .notSaved(path: "lab-edited.yaml", reason: "No space left on device"))
  }

  @Test func whatStandsThereIsReplacedOnRequestAlone() throws {
    func replaces(_ state: InspectorState, _ line: String) -> Bool? {
      var state = state
      state.openCommandLine(line)
      guard case .write(_, "x.yaml", let replaces)? = update(&state, .keyPressed(.enter)).last else {
        return nil
      }
      return replaces
    }
    var state = try WeekFour.state()
    #expect(replaces(state, "save x.yaml") == false)
    #expect(replaces(state, "save! x.yaml") == true)
    _ = update(&state, .fileExists(path: "x.yaml"))
    #expect(state.notice == .fileExists(path: "x.yaml"))
    _ = update(&state, .fileWritten(path: "x.yaml", failure: nil))
    #expect(replaces(state, "save x.yaml") == true)
  }

  /// Objects, policies, rules and time: what the saved file opens as shows the same everywhere.
  @Test func theSavedLabOpensAsItWas() throws {
    let edited = try typed(
      ": \"kubectl scale deployment webpod --replicas=2\" Enter "
        + "\"ip rule add from 172.20.0.0/24 lookup 100\" Enter \"ping -c 2 192.168.10.101\" Enter Esc F2 a")
    let beginning = try #require(edited.beginning)
    let network = try #require(edited.network)
    let saved = try #require(SavedLab(edited.lab.edits, from: beginning, to: network))
    let opened = try Lab(yaml: saved.yaml, file: "x.yaml").network()
    var state = InspectorState(title: edited.title, network: opened, flow: edited.flow)
    for host in edited.tableHosts {
      for kind in TableKind.kinds(of: host, in: edited.scene.snapshot) {
        let panes = [(edited.scene.snapshot, network), (state.scene.snapshot, opened)].map {
          TablePane(stack: host, kind: kind, snapshot: $0, network: $1, connections: nil).texts
        }
        #expect(panes[0] == panes[1], "\(host) \(kind)")
      }
    }
    #expect(state.scene.walk.paths == edited.scene.walk.paths)
    state.open(.reach)
    #expect(state.pressing([]).reach == edited.pressing([.character("6")]).reach)
  }
}
