import Testing

/// The scenarios of `Fixtures/scenarios/metallb`; each names the rule that it shows.
@Suite struct MetalLBScenarioTests {
  static let scenarios = Scenario.all(in: "metallb")

  @Test func thereAreManyAndEachNamesItsRule() {
    #expect(Self.scenarios.count >= 35)
    #expect(Self.scenarios.allSatisfy { !$0.rule.isEmpty })
  }

  @Test(arguments: scenarios) func holds(_ scenario: Scenario) throws {
    var runner = try ClusterScenarioRunner(settings: scenario.settings)
    try runner.run(scenario)
  }
}
