import Testing

/// The scenarios of `Fixtures/scenarios/bgp`; each names the rule that it shows.
@Suite struct BGPScenarioTests {
  static let scenarios = Scenario.all(in: "bgp")

  @Test(arguments: scenarios) func holds(_ scenario: Scenario) throws {
    #expect(!scenario.rule.isEmpty)
    var runner = try ClusterScenarioRunner(settings: scenario.settings)
    try runner.run(scenario)
  }
}
