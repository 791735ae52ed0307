import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Presentation

/// The smallest fixes on the screen: found when nobody types, applied by one key, undone by another.
@Suite struct FixingTests {
  @Test func nothingIsSearchedBeforeTheFirstFrame() throws {
    let state = try WeekFour.state()
    #expect(state.fixes == nil)
    #expect(state.isBehind)
    #expect(view(state, size: Size(columns: 120, rows: 50)).text.contains("Looking for fixes"))
  }

  @Test func fixesAreFoundOnceAndShownAsCommands() throws {
    let state = try WeekFour.state().pressing([.pageDown])
    #expect(!state.isBehind)
    let fixes = try #require(state.fixes)
    let text = view(state, size: Size(columns: 160, rows: 60)).text
    for command in fixes[0].edits.flatMap(\.commands) {
      #expect(text.contains(command.line.prefix(30)))
    }
  }

  @Test func applyingOneDeliversAndUndoTakesItBack() throws {
    let start = try WeekFour.state()
    let fixed = start.pressing([.character("a")])
    #expect(fixed.isDelivered)
    #expect(fixed.log.entries == [.edit(try #require(start.pressing([]).fixes)[0].edits.flatMap(\.commands))])
    let undone = fixed.pressing([.character("u")])
    #expect(undone.network == start.network)
    #expect(!undone.isDelivered)
    #expect(undone.pressing([.character("U")]).network == fixed.network)
  }

  @Test func theSelectedFixIsTheOneThatIsApplied() throws {
    let state = try WeekFour.state().pressing([.pageDown])
    let step = try #require(state.stop?.step)
    let second = 2 + EvidenceTable(step).candidates.count + 1 + 1
    let chosen = state.pressing(Array(repeating: .down, count: second))
    #expect(chosen.selectedFix == 1)
    let fixed = chosen.pressing([.character("a")])
    #expect(fixed.lab.edits.map(\.edit) == state.fixes?[1].edits)
    #expect(fixed.isDelivered)
  }

  @Test func whatArrivesNeedsNone() throws {
    let state = try WeekFour.state().pressing([.function(2), .character("a")])
    #expect(state.notice == .unavailable(.applyFix, .nothingToFix))
  }

  @Test func aResetGoesBackToTheOpenedLabAndCanBeUndone() throws {
    let start = try WeekFour.state()
    let changed = start.pressing([.function(2), .character("m")])
    let reset = changed.pressing([.character("X")])
    #expect(reset.network == start.network)
    #expect(reset.pressing([.character("u")]).network == changed.network)
  }
}
