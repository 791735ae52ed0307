import ControlPlane
import Importing
import NetModel
import Testing

/// Every fault of a lab file is found with its place.
@Suite struct LabErrorTests {
  private static let sound = """
    lab: small
    wires:
      - {name: lan, subnet: 10.1.0.0/24}
    machines:
      - name: a
        interfaces:
          - {name: eth0, wire: lan, address: 10.1.0.1/24}
        routes:
          - {to: default, via: 10.1.0.254, dev: eth0}
      - name: b
        interfaces:
          - {name: eth0, wire: lan, address: 10.1.0.2/24}
    chapters:
      - name: only
        edits:
          - addRoute: {on: b, to: 10.9.0.0/16, via: 10.1.0.1}
    """

  struct Fault: Sendable {
    var old: String
    var new: String
    var place: (line: Int, column: Int)
    var problem: LabError.Problem
  }

  static let faults = [
    Fault(
      old: "wire: lan, address: 10.1.0.1/24", new: "wire: lam, address: 10.1.0.1/24", place: (7, 28),
      problem: .unknownName("lam", of: .wire, similar: "lan")),
    Fault(
      old: "10.1.0.1/24", new: "10.1.0.256/24", place: (7, 42),
      problem: .invalidValue("10.1.0.256/24", expected: .interfaceAddress)),
    Fault(
      old: "dev: eth0}", new: "dev: eth1}", place: (9, 45),
      problem: .unknownName("eth1", of: .interface, similar: "eth0")),
    Fault(
      old: "subnet: 10.1.0.0/24", new: "subnet: 10.1.0.1/24", place: (3, 25),
      problem: .invalidValue("10.1.0.1/24", expected: .prefix)),
    Fault(old: "- name: b", new: "- name: a", place: (10, 5), problem: .duplicateName("a", of: .machine)),
    Fault(
      old: "on: b", new: "on: bb", place: (16, 24),
      problem: .unknownName("bb", of: .machine, similar: "b")),
    Fault(old: "lab: small\n", new: "", place: (1, 1), problem: .missingKey("lab")),
    Fault(
      old: "wires:\n  -", new: "wires:\n ", place: (3, 3),
      problem: .invalidValue("a mapping", expected: .list)),
    Fault(
      old: "name: lan,", new: "name: lan, colour: red,", place: (3, 17),
      problem: .unknownKey(
        "colour", similar: nil, known: ["name", "subnet", "mtu", "blockedUDPPorts", "exit"])),
  ]

  @Test(arguments: faults)
  func fault(_ fault: Fault) throws {
    let yaml = LabErrorTests.sound.replacing(fault.old, with: fault.new, maxReplacements: 1)
    let errors = try #require(throws: LabErrors.self) { try Lab(yaml: yaml, file: "x.yaml") }
    let position = LabError.Position(line: fault.place.line, column: fault.place.column)
    #expect(errors.errors.first == LabError(file: "x.yaml", position: position, problem: fault.problem))
  }

  /// A misspelled key is one fault: that the right one is missing is not said, too.
  @Test func aMisspelledKey() throws {
    let yaml = LabErrorTests.sound.replacing(
      "{name: eth0, wire: lan, address: 10.1.0.1", with: "{name: eth0, wier: lan, address: 10.1.0.1")
    let errors = try #require(throws: LabErrors.self) { try Lab(yaml: yaml, file: "x.yaml") }
    #expect(errors.errors.count == 1)
    guard case .unknownKey("wier", similar: "wire", _) = errors.errors[0].problem else {
      Issue.record("\(errors)")
      return
    }
  }

  @Test func theSoundLabIsSound() throws {
    let network = try Lab(yaml: LabErrorTests.sound, file: "x.yaml").network(chapter: nil)
    #expect(network.machines.map(\.id.name) == ["a", "b"])
    #expect(network.cluster == nil)
  }

  @Test func allFaultsAreFound() throws {
    let yaml = LabErrorTests.sound.replacing("wire: lan", with: "wire: nowhere")
    let errors = try #require(throws: LabErrors.self) { try Lab(yaml: yaml, file: "x.yaml") }
    #expect(errors.errors.compactMap(\.position?.line) == [7, 12])
    #expect(errors.errors.allSatisfy { $0.problem == .unknownName("nowhere", of: .wire, similar: nil) })
  }

  @Test(arguments: ["", "[", "- a", "lab: [", "42", "lab: small\nlab: small"])
  func notALab(yaml: String) {
    let errors = #expect(throws: LabErrors.self) { try Lab(yaml: yaml, file: "x.yaml") }
    #expect(errors?.errors.count == 1)
  }

  /// An edit of a chapter that the network refuses is named with its line, when the chapter is asked for.
  @Test func aRefusedEdit() throws {
    let yaml = LabErrorTests.sound.replacing("via: 10.1.0.1}", with: "via: 10.2.0.1}")
    let lab = try Lab(yaml: yaml, file: "x.yaml")
    let error = #expect(throws: LabError.self) { try lab.network(chapter: "only") }
    #expect(error?.position?.line == 16)
    #expect(error?.problem == .refused(.invalidGateway(IPv4Address(10, 2, 0, 1))))
  }

  @Test func unknownNames() throws {
    let lab = try Lab.builtIn("cilium-week4")
    let chapter = #expect(throws: LabError.self) { try lab.network(chapter: "tunel") }
    #expect(chapter?.problem == .unknownName("tunel", of: .chapter, similar: "tunnel"))
    let builtIn = #expect(throws: LabErrors.self) { try Lab.builtIn("cilium-week5") }
    #expect(builtIn?.errors[0].problem == .unknownName("cilium-week5", of: .lab, similar: "cilium-week4"))
  }
}
