import TerminalTesting
import Testing

/// Every key of the inspector, pressed in a real terminal.
@Suite(.serialized) struct InspectorKeysTests {
  /// Keys by tmux's names, and what the screen shows then.
  static let script: [(keys: [String], shows: String)] = [
    (["Right"], "╍ 2/"), (["Left"], "╍ 1/"), (["n"], "╍ 2/"), (["p"], "╍ 1/"),
    (["PageDown"], "╍ 15/"), (["PageUp"], "╍ 1/"), (["N"], "╍ 15/"), (["P"], "╍ 1/"),
    (["End"], "╍ 19/19"), (["Home"], "╍ 1/"), (["G"], "╍ 19/19"), (["g"], "╍ 1/"),
    (["F2"], "[vxlan]"), (["m"], "[geneve]"), (["m"], "[native]"), (["F2"], "[vxlan]"),
    (["F3"], "REPLY"), (["r"], "[vxlan]"), (["F4"], "tables that differ"), (["c"], "compare: the last edit"),
    (["c"], "╍ 1/"), (["F5"], "Who sends?"), (["Escape", "s"], "Who sends?"), (["Escape", "F6"], "To whom?"),
    (["Escape", "d"], "To whom?"), (["Escape", "Right", "F7"], "╍ command"), (["Escape", "e"], "╍ command"),
    (["Escape", "Home"], "╍ 1/"),
    (["F8"], "[native]"), (["S-F8"], "[vxlan]"), (["u"], "[native]"), (["U"], "[vxlan]"),
    (["u"], "[native]"), (["C-r"], "[vxlan]"), (["F8"], "[native]"),
    (["F9"], "╍ command"), (["Escape", ":"], "╍ command"), (["Escape", "F1"], "all actions"),
    (["Escape", "?"], "all actions"), (["Escape", "Tab"], "╍ packet"), (["2"], "╌ topology"),
    (["3"], "╍ packet"), (["4"], "╍ hosts"), (["5"], "╍ compare"), (["6"], "╍ reach"),
    (["7"], "tcpdump"), (["8"], "╌ log"), (["1"], "╍ 1/"), (["x"], "45 00 00 3c"), (["x"], "╍ 1/"),
    (["w"], "╍ 1/"), (["W"], "save cilium-week4-edited.yaml"), (["Escape", "/"], "╍ 1/"),
    (["Escape", "L"], "무엇을 보냅니까?"), (["L"], "╍ 1/"), (["a"], "DELIVERED"), (["Down"], "╍ 1/"),
    (["Up"], "╍ 1/"),
    (["4", "Tab", "Tab", "Enter"], "ip addr"), (["Escape", "Escape"], "╍ 1/"), (["ㅡ"], "[vxlan]"),
    (["C-u", "Space"], "[vxlan]"),
  ]

  @Test func eachDoesWhatItSays() throws {
    let program = try BuiltProgram.path(of: "packetwalk")
    let screen = try TmuxScreen(
      command: program, environment: ["LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": "/nonexistent"], columns: 120,
      rows: 40)
    try screen.expect("EXITS_NETWORK")
    for (keys, shows) in Self.script {
      for key in keys { try screen.press(key) }
      try screen.expect(shows)
    }
    try screen.press("F10")
    try screen.expect("[ended 0]")
  }

  @Test func aLabCommandRunsAndTheWalkFollows() throws {
    let program = try BuiltProgram.path(of: "packetwalk")
    let screen = try TmuxScreen(
      command: program, environment: ["LC_ALL": "C.UTF-8"], columns: 120, rows: 40)
    try screen.expect("EXITS_NETWORK")
    try screen.press("PageDown", ":")
    try screen.press("ip route add 172.20.2.0/24 via 192.168.20.100", "Enter")
    try screen.press("ip route add 172.20.0.0/24 via 192.168.10.100", "Enter")
    try screen.expect("DELIVERED")
    try screen.press("ip route get 172.20.2.33", "Enter")
    try screen.expect("172.20.2.33 via 192.168.20.100 dev eth2")
    try screen.press("Escape", "u", "u")
    try screen.expect("EXITS_NETWORK")
  }
}
