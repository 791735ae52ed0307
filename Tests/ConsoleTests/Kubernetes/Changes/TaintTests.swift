import NetModel
import Testing

@testable import Console

struct TaintTests {
  @Test func taintsComeAndGo() throws {
    var lab = try RunningLab.week4()
    #expect(
      lab.kubectl("taint nodes k8s-w1 a=b:NoSchedule c:PreferNoSchedule").standardOutput
        == "node/k8s-w1 tainted\n")
    #expect(lab.kubectl("describe node k8s-w1").standardOutput.contains("a=b:NoSchedule\n"))
    #expect(
      lab.kubectl("taint node k8s-w1 a=x:NoSchedule --overwrite").standardOutput == "node/k8s-w1 modified\n")
    #expect(lab.kubectl("taint node k8s-w1 a:NoSchedule-").standardOutput == "node/k8s-w1 untainted\n")
    #expect(lab.kubectl("taint node k8s-w1 c-").standardOutput == "node/k8s-w1 untainted\n")
    #expect(lab.kubectl("describe node k8s-w1").standardOutput.contains("Taints:             <none>\n"))
  }

  @Test func newPodsKeepAwayFromTaintedNodes() throws {
    var lab = try RunningLab.week4()
    #expect(lab.kubectl("taint node --all x:NoSchedule").standardOutput.split(separator: "\n").count == 3)
    _ = lab.kubectl("create deployment late --image=nginx")
    #expect(lab.kubectl("get pods -l app=late --no-headers").standardOutput.contains("Pending"))
    #expect(lab.kubectl("get pod curl-pod --no-headers").standardOutput.contains("Running"))
    _ = lab.kubectl("taint node k8s-w0 x-")
    #expect(lab.kubectl("get pods -l app=late --no-headers -o wide").standardOutput.contains("k8s-w0"))
  }

  @Test(arguments: [
    ("k8s-w1", "at least one taint update is required"),
    ("a=b:NoSchedule", "one or more resources must be specified as <resource> <name>"),
    ("node k8s-w1 a=b:Never", "invalid taint effect: Never, unsupported taint effect"),
    ("node k8s-w1 a=b", "invalid taint spec: a=b"), ("node k8s-w1 a-", "taint \"a\" not found"),
    ("pod curl-pod a=b:NoSchedule", "invalid resource type pod, only node types are supported"),
    ("node a=b:NoSchedule", "at least one resource name must be specified since 'all' parameter is not set"),
    ("node k8s-w1 a=b:NoSchedule k8s-w0", "all resources must be specified before taint changes: k8s-w0"),
    (
      "node k8s-w1 a=b:NoSchedule a-",
      "can not both modify and remove the following taint(s) in the same command: {\"a\":\"\"}"
    ),
    (
      "node k8s-w1 a=1:NoSchedule a=2:NoSchedule",
      "duplicated taints with the same key and effect: {a 2 NoSchedule <nil>}"
    ),
  ])
  func mistakesAreTold(words: String, message: String) throws {
    var lab = try RunningLab.week4()
    let before = lab.edits
    #expect(lab.kubectl("taint \(words)") == CommandResult(standardError: "error: \(message)\n", status: 1))
    #expect(lab.edits == before)
  }

  @Test func aTaintIsNotOverwrittenUnasked() throws {
    var lab = try RunningLab.week4()
    _ = lab.kubectl("taint node k8s-w1 a=b:NoSchedule")
    let again = lab.kubectl("taint node k8s-w1 a=c:NoSchedule")
    #expect(
      again.standardError
        == "error: node k8s-w1 already has a taint(s) with same effect(s) and --overwrite is false\n")
  }

  @Test func noExecuteDrivesPodsOut() throws {
    var lab = try RunningLab.week4()
    let before = lab.snapshot.pods.filter { $0.node == NodeID("k8s-w1") && $0.workload == "webpod" }
    #expect(!before.isEmpty)
    #expect(lab.kubectl("taint node k8s-w1 z:NoExecute").standardOutput == "node/k8s-w1 tainted\n")
    #expect(!lab.snapshot.pods.contains { $0.node == NodeID("k8s-w1") && $0.workload == "webpod" })
  }
}
