import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

@Suite("Tables of objects")
struct TableTests {
  @Test(
    "Ages",
    arguments: [
      (-5, "<invalid>"), (-1, "0s"), (0, "0s"), (119, "119s"), (120, "2m"), (125, "2m5s"), (599, "9m59s"),
      (600, "10m"), (10_799, "179m"), (10_800, "3h"), (10_860, "3h1m"), (28_800, "8h"), (172_799, "47h"),
      (172_800, "2d"), (176_400, "2d1h"), (691_200, "8d"), (63_072_000, "2y"), (63_158_400, "2y1d"),
      (252_288_000, "8y"),
    ])
  func ages(seconds: Int64, text: String) {
    #expect(HumanDuration.text(nanoseconds: seconds * 1_000_000_000) == text)
  }

  private static func cells(_ kind: String, _ yaml: String, isWide: Bool = false) throws -> [String] {
    let document = try #require(try ManifestDocuments(yaml).values.first)
    let resource = try #require(APIResource.of(kind: kind))
    let now = try #require(WallTime(parsing: "2025-08-07T08:00:00Z"))
    let context = TableContext(now: now, isWide: isWide)
    return ResourceColumns.of(resource).filter { isWide || !$0.isWide }.map { $0.cell(document, context) }
  }

  @Test(
    "What a pod's state is called",
    arguments: [
      ("status: {phase: Pending}", ["p", "0/2", "Pending", "0", "60m"]),
      (
        "status: {phase: Running, containerStatuses: [{ready: true, state: {running: {}}}, {ready: true, state: {running: {}}}]}",
        ["p", "2/2", "Running", "0", "60m"]
      ),
      (
        "status: {phase: Running, containerStatuses: [{ready: false, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {finishedAt: '2025-08-07T07:59:00Z'}}}]}",
        ["p", "0/2", "CrashLoopBackOff", "3 (60s ago)", "60m"]
      ),
      (
        "status: {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 2}}}]}",
        ["p", "0/2", "ExitCode:2", "0", "60m"]
      ),
      (
        "status: {phase: Pending, initContainerStatuses: [{state: {terminated: {exitCode: 0}}}, {state: {running: {}}}]}",
        ["p", "0/2", "Init:1/2", "0", "60m"]
      ),
      ("status: {phase: Failed, reason: Evicted}", ["p", "0/2", "Evicted", "0", "60m"]),
    ])
  func pods(status: String, row: [String]) throws {
    let yaml = """
      metadata: {name: p, creationTimestamp: "2025-08-07T07:00:00Z"}
      spec: {containers: [{name: a}, {name: b}], initContainers: [{name: c}, {name: d}]}
      \(status)
      """
    #expect(try Self.cells("Pod", yaml) == row)
    let leaving = yaml.replacing("metadata: {", with: "metadata: {deletionTimestamp: x, ")
    let state = try Self.cells("Pod", leaving)[2]
    #expect(status.contains("Failed") ? state == row[2] : state == "Terminating")
  }

  @Test(
    "Where a Service is reached",
    arguments: [
      ("spec: {type: ClusterIP}", "<none>"), ("spec: {type: LoadBalancer}", "<pending>"),
      ("spec: {type: ClusterIP, externalIPs: [10.1.1.1, 10.1.1.2]}", "10.1.1.1,10.1.1.2"),
      ("spec: {type: ExternalName, externalName: a.example}", "a.example"),
      (
        "spec: {type: LoadBalancer}\nstatus: {loadBalancer: {ingress: [{ip: 192.168.10.212}, {ip: 192.168.10.211}]}}",
        "192.168.10.21..."
      ),
    ])
  func services(yaml: String, address: String) throws {
    #expect(try Self.cells("Service", yaml)[3] == address)
  }

  @Test func wideColumnsShowAllAddresses() throws {
    let yaml =
      "spec: {type: LoadBalancer}\nstatus: {loadBalancer: {ingress: [{ip: 10.0.0.200}, {ip: 10.0.0.199}]}}"
    #expect(try Self.cells("Service", yaml, isWide: true)[3] == "10.0.0.199,10.0.0.200")
  }

  @Test(
    "Endpoints beyond the third are counted",
    arguments: [
      ("subsets: []", "<none>"),
      ("subsets: [{addresses: [{ip: a}, {ip: b}], ports: [{port: 1}]}]", "a:1,b:1"),
      (
        "subsets: [{addresses: [{ip: a}, {ip: b}], ports: [{port: 1}, {port: 2}]}]", "a:1,b:1,a:2 + 1 more..."
      ),
    ])
  func endpoints(yaml: String, text: String) throws {
    #expect(try Self.cells("Endpoints", yaml)[1] == text)
  }

  @Test func cellsAreOneLineThatNoTerminalObeys() throws {
    let yaml = #"{metadata: {name: "a\e[31mb\nc", labels: {x: "\e]0;t\a"}}}"#
    let document = try #require(try ManifestDocuments(yaml).values.first)
    let resource = try #require(APIResource.of(kind: "ConfigMap"))
    var printer = TablePrinter(
      .init(context: TableContext(now: WallTime(unixSeconds: 0)), withHeaders: false, labelColumns: ["x"]))
    let text = printer.print([document], of: resource) + printer.flush()
    #expect(text.hasPrefix("a^[[31mb...   0"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }
}
