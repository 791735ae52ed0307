import Foundation
import TerminalTesting
import Testing

/// The real program in a terminal, as a learner sees it.
@Suite(.serialized) struct InspectorScreenTests {
  private func inspector(
    _ arguments: String = "", _ environment: [String: String] = ["LC_ALL": "C.UTF-8"], columns: Int = 100,
    rows: Int = 30
  ) throws -> TmuxScreen {
    let program = try BuiltProgram.path(of: "packetwalk")
    return try TmuxScreen(
      command: "\(program) \(arguments)", environment: environment, columns: columns, rows: rows)
  }

  @Test func theFirstFrameIsTheLabsOpeningWalk() throws {
    let screen = try inspector()
    let text = try screen.expect("EXITS_NETWORK")
    #expect(text.contains("[native]"))
    #expect(text.contains("curl-pod@k8s-ctr > webpod@k8s-w0"))
    #expect(text.contains("172.20.2.33"))
  }

  @Test func keysWalkSwitchAndComeBack() throws {
    let screen = try inspector()
    try screen.expect("╍ 1/")
    try screen.press("Right")
    try screen.expect("╍ 2/")
    try screen.press("F2")
    try screen.expect("[vxlan]")
    try screen.press("F8")
    try screen.expect("[native]")
    try screen.press("S-F8")
    try screen.expect("[vxlan]")
    try screen.press("F1")
    try screen.expect("all actions")
    try screen.press("Escape", "Home")
    try screen.expect("╍ 1/")
    try screen.press("q")
    #expect(try screen.expect("[ended 0]").hasPrefix("[ended 0]"))
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag}") == "0 1")
  }

  @Test func everySizeIsDrawnAsAFreshStartWouldBe() throws {
    let screen = try inspector()
    try screen.expect("EXITS_NETWORK")
    try screen.resize(columns: 1, rows: 1)
    for (columns, rows) in [(20, 5), (200, 60), (80, 24), (132, 43)] {
      try screen.resize(columns: columns, rows: rows)
      let fresh = try inspector(columns: columns, rows: rows)
      try screen.expect(settledText(of: fresh))
    }
  }

  /// A list, a prompt, a table: whatever is open, another size is drawn as if it had been opened there.
  @Test(arguments: [["F1", "Down"], ["d", "w"], [":", "ip a"], ["/", "x"], ["4", "Tab"], ["M"]])
  func whatIsOpenWhileResizingStaysOpen(keys: [String]) throws {
    func opened(columns: Int, rows: Int) throws -> TmuxScreen {
      let screen = try inspector(columns: columns, rows: rows)
      for key in keys {
        let before = try settledText(of: screen)
        try screen.press(key)
        _ = try TerminalTesting.poll(for: "an answer to \(key)", lastSeen: { before }) {
          try screen.text() == before ? nil : true
        }
      }
      return screen
    }
    let screen = try opened(columns: 120, rows: 36)
    for (columns, rows) in [(1, 1), (60, 15), (90, 28)] { try screen.resize(columns: columns, rows: rows) }
    try screen.expect(settledText(of: opened(columns: 90, rows: 28)))
  }

  @Test func controlZAndForegroundComeBackToTheScreenOfTheNewSize() throws {
    let program = try BuiltProgram.path(of: "packetwalk")
    let screen = try TmuxScreen(
      command: "bash --norc --noprofile -i", environment: ["LC_ALL": "C.UTF-8", "PS1": "$ "], columns: 100,
      rows: 30)
    try screen.expect("$")
    try screen.press(program, "Enter")
    try screen.expect("EXITS_NETWORK")
    try screen.press("F1", "C-z")
    try screen.expect("Stopped")
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0")
    try screen.resize(columns: 90, rows: 28)
    try screen.press("fg", "Enter")
    try screen.expect("all actions")
    try screen.press("Escape")
    try screen.expect(settledText(of: inspector(columns: 90, rows: 28)))
    try screen.press("q")
    try screen.expect("0", of: "#{alternate_on}")
    try screen.press("exit", "Enter")
    try screen.expect("[ended 0]")
  }

  @Test func aLabShellHasTheTerminalUntilItEnds() throws {
    let screen = try inspector()
    try screen.expect("EXITS_NETWORK")
    try screen.press("PageDown", "!")
    try screen.expect("0", of: "#{alternate_on}")
    try screen.press("ip route add 172.20.2.0/24 via 192.168.20.100", "Enter")
    try screen.press("ip route add 172.20.0.0/24 via 192.168.10.100", "Enter")
    try screen.press("exit", "Enter")
    try screen.expect("1", of: "#{alternate_on}")
    try screen.expect("DELIVERED")
  }

  /// Colours are the terminal's own, meaning stands in words: without them all is said as well.
  @Test(arguments: [
    ("xterm", "1", false), ("xterm", "", true), ("screen-256color", "", true), ("linux", "", true),
    ("vt100", "", false), ("xterm-mono", "", false),
  ])
  func everyUsualTerminalShowsTheWalk(term: String, noColor: String, isColored: Bool) throws {
    let screen = try inspector("", ["LC_ALL": "C.UTF-8", "TERM": term, "NO_COLOR": noColor])
    try screen.expect("EXITS_NETWORK")
    try screen.press("PageDown")
    try screen.expect("WON")
    let text = try screen.expect("lost")
    #expect(text.contains("[native]") && text.contains("WON"))
    #expect(term != "linux" || text.allSatisfy(\.isASCII))
    let colors = try screen.styledText().matches(of: /\u{1B}\[[0-9;]*m/).flatMap { match in
      match.output.dropFirst(2).dropLast().split(separator: ";").compactMap { Int($0) }
    }
    #expect(colors.contains { (30...37).contains($0) || $0 == 38 } == isColored)
    try screen.press("q")
    try screen.expect("[ended 0]")
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag}") == "0 1")
  }

  @Test func aSavedLabIsOpenedAgain() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "saved-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "mine.yaml").path
    let screen = try inspector("--mode vxlan")
    try screen.expect("[vxlan]")
    try screen.press(":", "kubectl scale deployment webpod --replicas=2", "Enter")
    try screen.expect("scaled")
    try screen.press("save \(file)", "Enter")
    try screen.expect("saved to")
    try screen.press("F10")
    try screen.expect("[ended 0]")
    let again = try inspector("--lab \(file)")
    try again.expect("[vxlan]")
    try again.press(":", "kubectl get deployment webpod", "Enter")
    try again.expect("2/2")
    try again.press("host router", "Enter", "save \(file)", "Enter")
    try again.expect("saved to")
  }

  /// The text once two looks in a row agree on a screen that is not blank and nothing was put off.
  private func settledText(of screen: TmuxScreen) throws -> String {
    try screen.expect("1", of: "#{alternate_on}")
    var last = ""
    return try TerminalTesting.poll(for: "settled screen", lastSeen: { last }) {
      let text = try screen.text()
      defer { last = text }
      let isSettled = text == last && text.contains(where: \.isLetter) && !text.contains("Looking for")
      return isSettled ? text : nil
    }
  }

  @Test func aLocaleWithoutUnicodeIsDrawnWithASCII() throws {
    let screen = try inspector("", ["LC_ALL": "C", "LANG": "ko_KR.UTF-8"])
    let text = try screen.expect("EXITS_NETWORK")
    #expect(text.allSatisfy { $0.isASCII })
    #expect(!text.contains("??"), "characters were replaced")
  }

  @Test(arguments: [("--lang ko", ["LC_ALL": "C"]), ("", ["LC_CTYPE": "C.UTF-8", "LANG": "ko_KR.UTF-8"])])
  func koreanIsShownWhereItIsAskedFor(arguments: String, environment: [String: String]) throws {
    let screen = try inspector(arguments, environment)
    try screen.expect("무엇을 보냅니까?")
    try screen.press("ㅡ")
    try screen.expect("[vxlan]")
  }

  @Test func asciiCanBeAskedFor() throws {
    let screen = try inspector("--ascii")
    #expect(try screen.expect("EXITS_NETWORK").allSatisfy { $0.isASCII })
  }

  @Test(arguments: [
    ("--lab nowhere", "nowhere"), ("--chapter nothing", "nothing"), ("--lab /nowhere.yaml", "/nowhere.yaml"),
  ])
  func whatCannotBeOpenedIsOneLine(arguments: String, name: String) throws {
    let screen = try inspector(arguments, columns: 200)
    let lines = try screen.expect("[ended 1]").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("packetwalk: ") && lines[0].contains(name))
  }
}
