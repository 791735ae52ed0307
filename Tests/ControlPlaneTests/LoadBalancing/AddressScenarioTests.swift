import Testing

/// The scenarios of `Fixtures/scenarios/lb-ipam`; each names the rule that it shows.
@Suite struct AddressScenarioTests {
  static let scenarios = Scenario.all(in: "lb-ipam")

  @Test func thereAreManyAndEachNamesItsRule() {
    #expect(Self.scenarios.count >= 60)
    #expect(Self.scenarios.allSatisfy { !$0.rule.isEmpty })
  }

  @Test(arguments: scenarios) func holds(_ scenario: Scenario) {
    var runner = AddressScenarioRunner(settings: scenario.settings)
    runner.run(scenario)
  }
}
