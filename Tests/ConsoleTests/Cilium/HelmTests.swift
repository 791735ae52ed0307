import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

@Suite("helm changes the Cilium release")
struct HelmTests {
  private func lab() throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: "webpod"))
  }

  private func run(_ line: String, in lab: inout RunningLab) throws -> CommandResult {
    lab.run(line.split(separator: " ").map(String.init), on: try #require(lab.stack(named: "k8s-ctr")))
  }

  private static let upgrade = "helm upgrade cilium cilium/cilium --namespace kube-system --reuse-values"

  @Test("an upgrade prints what the guide recorded, and agents take it when they restart")
  func upgrade() throws {
    var lab = try lab()
    let line =
      "helm upgrade cilium cilium/cilium --namespace kube-system --version 1.18.0 --reuse-values "
      + "--set routingMode=tunnel --set tunnelProtocol=vxlan --set autoDirectNodeRoutes=false "
      + "--set installNoConntrackIptablesRules=false"
    let lines = try run(line, in: &lab).standardOutput.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[2].hasPrefix("LAST DEPLOYED: "))
    #expect(
      lines.filter { !$0.hasPrefix("LAST DEPLOYED: ") } == [
        "Release \"cilium\" has been upgraded. Happy Helming!", "NAME: cilium", "NAMESPACE: kube-system",
        "STATUS: deployed", "REVISION: 2", "TEST SUITE: None", "NOTES:",
        "You have successfully installed Cilium with Hubble Relay and Hubble UI.", "",
        "Your release version is 1.18.0.", "",
        "For any further help, visit https://docs.cilium.io/en/v1.18/gettinghelp", "",
      ])
    let node = NodeID("k8s-ctr")
    #expect(lab.network?.cluster?.node(node)?.agent?.settings.tunnel == nil)
    try lab.apply(.restartAgents(.all))
    #expect(lab.network?.cluster?.node(node)?.agent?.settings.tunnel == .vxlan)
    #expect(lab.network?.cluster?.helmValues["bpf.masquerade"] == .bool(true))
  }

  @Test("without --reuse-values only what is given stays; with nothing given all stays")
  func values() throws {
    var lab = try lab()
    let before = lab.network?.cluster?.helmValues
    _ = try run("helm upgrade cilium cilium/cilium -n kube-system", in: &lab)
    #expect(lab.network?.cluster?.helmValues == before)
    _ = try run("helm upgrade cilium cilium/cilium -n kube-system --set debug.enabled=false", in: &lab)
    #expect(
      try run("helm get values cilium -n kube-system", in: &lab).standardOutput == """
        USER-SUPPLIED VALUES:
        debug:
          enabled: false

        """)
    #expect(
      try run("helm rollback cilium 1 -n kube-system", in: &lab).standardOutput
        == "Rollback was a success! Happy Helming!\n")
    #expect(lab.network?.cluster?.helmValues == before)
    let history = try run("helm history cilium -n kube-system", in: &lab).standardOutput
    let rows = history.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.map { $0[0].first } == ["1", "2", "3", "4"])
    #expect(rows.map { $0[2] } == ["superseded", "superseded", "superseded", "deployed  "])
    #expect(rows.last?.last == "Rollback to 1   ")
    #expect(try run("helm list -n default", in: &lab).standardOutput.split(separator: "\n").count == 1)
    #expect(try run("helm list -A", in: &lab).standardOutput.contains("\ncilium\tkube-system\t4       \t"))
  }

  @Test(
    "--set as Helm reads it",
    arguments: [
      ("a=1,b.c=true,d=x", ["a": HelmValue.integer(1), "b.c": .bool(true), "d": .string("x")]),
      ("a={x,2,true}", ["a": .list([.string("x"), .integer(2), .bool(true)])]),
      ("a={}", ["a": .list([])]),
      ("a[0]=x,a[1]=y", ["a": .list([.string("x"), .string("y")])]),
      ("a=1\\,2", ["a": .string("1,2")]),
      ("a\\.b=c", ["a\\.b": .string("c")]),
      ("a=007,b=0,c=-1", ["a": .string("007"), "b": .integer(0), "c": .integer(-1)]),
      ("a=x,a=null", [:]),
      ("a.b=1,a=2", ["a": .integer(2)]),
      ("a=", ["a": .string("")]),
    ])
  func settings(text: String, expected: [String: HelmValue]) throws {
    var values = HelmValues()
    try HelmSetText.apply(text, to: &values)
    #expect(Dictionary(uniqueKeysWithValues: values.settings.map { ($0.path, $0.value) }) == expected)
  }

  @Test(
    "what Helm refuses",
    arguments: [
      (
        "--set routingMode",
        "Error: failed parsing --set data: key \"routingMode\" has no value\n", 1
      ),
      (
        "--set a\(String(repeating: ".a", count: 31))=1",
        "Error: failed parsing --set data: value name nested level is greater than maximum supported nested level of 30\n",
        1
      ),
      ("--set a={x", "Error: failed parsing --set data: list must terminate with '}'\n", 1),
      (
        "--set ipv4NativeRoutingCIDR=null",
        "Error: UPGRADE FAILED: execution error at (cilium/templates/cilium-configmap.yaml:536:12):  ipv4NativeRoutingCIDR must be set when routingMode is native\n",
        1
      ),
      (
        "--set kubeProxyReplacement=partial",
        "Error: UPGRADE FAILED: execution error at (cilium/templates/cilium-configmap.yaml:82:5): kubeProxyReplacement must be explicitly set to a valid value (true or false) to continue.\n",
        1
      ),
      ("--version 1.17.0", "helm upgrade --version 1.17.0: not modelled here\n", 127),
      ("--dry-run", "helm upgrade --dry-run: not modelled here\n", 127),
      ("-f missing.yaml", "Error: open missing.yaml: no such file or directory\n", 1),
      ("--nothing", "Error: unknown flag: --nothing\n", 1),
    ])
  func refusals(options: String, message: String, status: Int32) throws {
    var lab = try lab()
    let result = try run("\(Self.upgrade) \(options)", in: &lab)
    #expect(result.standardError == message)
    #expect(result.status == status)
    #expect(lab.network?.cluster?.helmRevisions.count == 1)
  }

  @Test("a release is looked for in its namespace")
  func namespaces() throws {
    var lab = try lab()
    #expect(try run("helm status cilium", in: &lab).standardError == "Error: release: not found\n")
    #expect(
      try run("helm upgrade cilium cilium/cilium", in: &lab).standardError
        == "Error: UPGRADE FAILED: \"cilium\" has no deployed releases\n")
  }

  @Test("values come from files, too")
  func files() throws {
    var lab = try lab()
    let input = CommandInput(readFile: { _ throws(FileError) in
      "bgpControlPlane:\n  enabled: true\nnodeSelector:\n  kubernetes.io/os: linux\n"
    })
    let words = "\(Self.upgrade) -f values.yaml".split(separator: " ").map(String.init)
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    #expect(lab.run(words, on: stack, input: input).status == 0)
    #expect(lab.network?.cluster?.helmValues["bgpControlPlane.enabled"] == .bool(true))
    let printed = try run("helm get values cilium -n kube-system", in: &lab).standardOutput
    #expect(printed.contains("nodeSelector:\n  kubernetes.io/os: linux\n"))
  }
}
