import Importing
import Testing

@testable import Presentation

@Suite struct InspectorConfigTests {
  private func config(_ yaml: String) -> (InspectorConfig, [LabError]) {
    var faults: [LabError] = []
    let config = InspectorConfig(ConfigFile(yaml: yaml, file: "c.yaml"), named: "c.yaml", faults: &faults)
    return (config, faults)
  }

  @Test func everySettingIsTaken() {
    let (config, faults) = config(
      """
      language: ko
      theme: mono
      view: tables
      keys:
        switch-mode: [F5, z]
        quit: C-x
      """)
    #expect(faults.isEmpty)
    #expect(config.language == .korean && config.theme == .mono && config.view == .tables)
    #expect(config.keyMap.action(for: .function(5)) == .switchMode)
    #expect(config.keyMap.action(for: .function(2)) == nil)
    #expect(config.keyMap.keys(of: .chooseSource) == [.character("s")])
    #expect(config.keyMap.keys(of: .quit) == [.control("x")])
  }

  @Test(arguments: [
    ("language: xx", 1, "xx"), ("theme: mono\nview: nowhere", 2, "nowhere"), ("colour: red", 1, "colour"),
    ("keys:\n  fly: x", 2, "fly"), ("keys:\n  quit: [F99]", 2, "F99"), ("keys: [a", 2, "YAML"),
  ])
  func whatIsWrongIsToldWithItsLineAndKey(yaml: String, line: Int, name: String) {
    let (_, faults) = config(yaml)
    #expect(faults.first?.position?.line == line)
    for language in Language.allCases {
      #expect(language.phrasebook.error(LabErrors(faults)).contains(name))
    }
  }

  @Test func theDefaultFileChangesNothingAndNamesEverything() {
    let text = InspectorConfig.defaultText
    let (asItIs, faults) = config(text)
    #expect(faults.isEmpty && asItIs == InspectorConfig())
    let settings = text.split(separator: "\n").filter {
      $0.hasPrefix("# ") && $0.contains(": ") || $0 == "# keys:"
    }
    let active = settings.map { $0.dropFirst(2) }.filter { line in
      ["language:", "theme:", "view:", "keys:", "  "].contains { line.hasPrefix($0) }
    }
    let (taken, none) = config(active.joined(separator: "\n"))
    #expect(none.isEmpty)
    #expect(taken.keyMap == KeyMap.standard)
  }
}

@Suite struct MemoryTests {
  @Test func whatIsKeptComesBack() throws {
    var state = try WeekFour.state()
    state.origin = LabOrigin(lab: "cilium-week4", chapter: "webpod")
    state = state.pressing(
      try KeyTokens.keys(parsing: "B t w x : \"hostname\" Enter Esc 4"), catchesUp: false)
    let memory = try #require(state.memory)
    let read = try #require(Memory(parsing: memory.text))
    #expect(read == memory)
    var next = try WeekFour.state()
    next.recall(read)
    #expect(next.view == .tables && !next.showsGrounds && next.showsBytes)
    #expect(next.bookmarks == state.bookmarks && next.commandLine.history == ["hostname"])
  }

  @Test(arguments: ["", "nonsense", "packetwalk-state 2\nview walk", "\u{0}\u{1}"])
  func whatIsNoMemoryIsNone(text: String) {
    #expect(Memory(parsing: text) == nil)
  }

  @Test func brokenLinesArePassedOver() throws {
    let memory = try #require(
      Memory(
        parsing:
          "packetwalk-state 1\nlab a\nchapter b\nwalk nobody\nview x\nbookmark\nwalk a 1.2.3.4 tcp 99999\n"))
    #expect(memory.flow == nil && memory.view == .walk && memory.bookmarks.isEmpty)
  }
}
