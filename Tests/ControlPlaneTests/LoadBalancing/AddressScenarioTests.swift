import Testing

/// The scenarios of `Fixtures/scenarios/lb-ipam`; each names the rule that it shows.
@Suite struct AddressScenarioTests {
  static let scenarios = Scenario.all(in: "lb-ipam")

  @Test func thereAreManyAndEachNamesItsRule() {
    #expect(Self.scenarios.count >= 60)
    #expect(Self.scenarios.allSatisfy { !$0.rule.isEmpty })
  }

  /// The same in a cluster, through the API server.
  @Test(arguments: scenarios.filter { !$0.isForLBIPAMAlone }) func holdsInACluster(_ scenario: Scenario)
    throws
  {
    var runner = try ClusterScenarioRunner(settings: .object([]))
    try runner.run(scenario)
  }

  @Test(arguments: scenarios) func holds(_ scenario: Scenario) {
    var runner = AddressScenarioRunner(settings: scenario.settings)
    runner.run(scenario)
  }
}
