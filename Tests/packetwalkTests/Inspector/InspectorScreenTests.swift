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
