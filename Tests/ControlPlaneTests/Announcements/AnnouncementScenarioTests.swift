import Testing

/// The scenarios of `Fixtures/scenarios/l2`; each names the rule that it shows.
@Suite struct AnnouncementScenarioTests {
  static let scenarios = Scenario.all(in: "l2")

  @Test func thereAreManyAndEachNamesItsRule() {
    #expect(Self.scenarios.count >= 25)
    #expect(Self.scenarios.allSatisfy { !$0.rule.isEmpty })
  }

  @Test(arguments: scenarios) func holds(_ scenario: Scenario) throws {
    var runner = try ClusterScenarioRunner(settings: scenario.settings)
    try runner.run(scenario)
  }
}
