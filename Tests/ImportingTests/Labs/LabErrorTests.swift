import Importing
import Testing

/// Every fault of a lab file is named with its line, what was expected, and what would help.
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

  static let faults: [(old: String, new: String, message: String)] = [
    (
      "wire: lan, address: 10.1.0.1/24", "wier: lan, address: 10.1.0.1/24",
      "x.yaml:7:22: unknown key 'wier'; did you mean 'wire'?"
    ),
    (
      "wire: lan, address: 10.1.0.1/24", "wire: lam, address: 10.1.0.1/24",
      "x.yaml:7:28: no wire is named 'lam'; did you mean 'lan'?"
    ),
    (
      "10.1.0.1/24", "10.1.0.256/24",
      "x.yaml:7:42: '10.1.0.256/24' is not an IPv4 address with its length, such as 192.168.10.1/24"
    ),
    (
      "dev: eth0}", "dev: eth1}", "x.yaml:9:45: no interface is named 'eth1'; did you mean 'eth0'?"
    ),
    (
      "subnet: 10.1.0.0/24", "subnet: 10.1.0.1/24",
      "x.yaml:3:25: '10.1.0.1/24' is not an IPv4 prefix such as 192.168.10.0/24 (no bits behind the length)"
    ),
    ("- name: b", "- name: a", "x.yaml:10:5: a second machine is named 'a'"),
    ("on: b", "on: c", "x.yaml:16:24: no machine is named 'c'; did you mean 'a'?"),
    ("lab: small\n", "", "x.yaml:1:1: key 'lab' is missing"),
    ("wires:\n  -", "wires:\n ", "x.yaml:3:3: 'a mapping' is not a list"),
    (
      "lab: small", "lab: small\nsurprise: 1",
      "x.yaml:2:1: unknown key 'surprise'; keys here are lab, title, seed, defaultChapter, wires, machines, "
        + "cluster, chapters"
    ),
  ]

  @Test(arguments: faults)
  func fault(old: String, new: String, message: String) throws {
    let range = try #require(LabErrorTests.sound.firstRange(of: old))
    let yaml = LabErrorTests.sound.replacingCharacters(in: range, with: new)
    let errors = try #require(throws: LabErrors.self) { try Lab(yaml: yaml, file: "x.yaml") }
    #expect(errors.description == message)
    #expect(errors.errors.allSatisfy { !$0.description.contains("\n") })
  }

  @Test func theSoundLabIsSound() throws {
    let network = try Lab(yaml: LabErrorTests.sound, file: "x.yaml").network(chapter: nil)
    #expect(network.machines.map(\.id.name) == ["a", "b"])
    #expect(network.cluster == nil)
  }

  @Test func allFaultsAreFound() throws {
    let yaml = LabErrorTests.sound.replacing("wire: lan", with: "wire: nowhere")
    let errors = try #require(throws: LabErrors.self) { try Lab(yaml: yaml, file: "x.yaml") }
    #expect(
      errors.errors.filter { $0.description.contains("nowhere") }.compactMap(\.position?.line) == [7, 12])
  }

  @Test(arguments: ["", "[", "- a", "lab: [", "42", "lab: small\nlab: small"])
  func notALab(yaml: String) {
    let errors = #expect(throws: LabErrors.self) { try Lab(yaml: yaml, file: "x.yaml") }
    #expect(errors?.description.hasPrefix("x.yaml") == true)
    #expect(errors?.description.contains("\n") == false)
  }

  /// An edit of a chapter that the network refuses is named with its line, when the chapter is asked for.
  @Test func aRefusedEdit() throws {
    let yaml = LabErrorTests.sound.replacing("via: 10.1.0.1}", with: "via: 10.2.0.1}")
    let lab = try Lab(yaml: yaml, file: "x.yaml")
    let error = #expect(throws: LabError.self) { try lab.network(chapter: "only") }
    #expect(error?.position?.line == 16)
    #expect(error?.problem == .refused(.invalidGateway(.init(10, 2, 0, 1))))
  }

  @Test func unknownNames() throws {
    let lab = try Lab.builtIn("cilium-week4")
    let chapter = #expect(throws: LabError.self) { try lab.network(chapter: "tunel") }
    #expect(chapter?.description == "cilium-week4.yaml: no chapter is named 'tunel'; did you mean 'tunnel'?")
    let builtIn = #expect(throws: LabErrors.self) { try Lab.builtIn("cilium-week5") }
    #expect(
      builtIn?.description == "cilium-week5: no lab is named 'cilium-week5'; did you mean 'cilium-week4'?")
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: text)
    return copy
  }
}
