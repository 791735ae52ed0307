import ControlPlane
import NetModel
import Testing

@testable import Console

@Suite("kubectl logs")
struct LogsTests {
  private static let lease = "kube-system/cilium-l2announce-default-webpod"

  @Test func theHoldersAgentTellsOfItsLease() throws {
    var lab = try RunningLab.week4("l2")
    #expect(
      lab.kubectl("-n kube-system logs ds/cilium").standardError
        == "Found 3 pods, using pod/cilium-f8f6c\n")
    let result = lab.kubectl("-n kube-system logs cilium-f5cr4")
    let elections = result.standardOutput.split(separator: "\n").filter { $0.contains("subsys=klog") }
    #expect(
      elections.map { $0.drop { $0 != " " } } == [
        " level=info msg=\"attempting to acquire leader lease \(Self.lease)...\" subsys=klog",
        " level=info msg=\"successfully acquired lease \(Self.lease)\" subsys=klog",
      ])
  }

  @Test func afterAFailoverTheNextOneTellsAndTheRebootedOneBeginsAnew() throws {
    var lab = try RunningLab.week4("l2")
    _ = try lab.run("ssh k8s-w1 sudo reboot", on: "k8s-ctr")
    let taken = "successfully acquired lease \(Self.lease)"
    let holder = lab.kubectl("logs -n kube-system cilium-f8f6c").standardOutput
    let former = lab.kubectl("logs -n kube-system cilium-f5cr4").standardOutput
    #expect(holder.contains(taken))
    #expect(
      lab.kubectl("logs -n kube-system ds/cilium").standardError == "Found 3 pods, using pod/cilium-f5cr4\n")
    #expect(!former.contains(taken) && former.contains("attempting to acquire leader lease \(Self.lease)"))
  }

  @Test func withDebuggingEachMinuteHasItsRound() throws {
    var lab = try RunningLab.week4("l2")
    let count = { (lab: inout RunningLab) in
      lab.kubectl("logs -n kube-system cilium-f5cr4").standardOutput.split(separator: "\n")
        .count { $0.contains("level=debug") && $0.contains("msg=\"Timer job triggered\"") }
    }
    let before = count(&lab)
    lab.now = lab.now + .seconds(180)
    #expect(count(&lab) == before + 3)
  }

  @Test(arguments: [
    ("logs curl-pod", "", "", 0),
    (
      "logs deploy/webpod", "2025/08/06 18:00:00 Starting up on port 80\n",
      "Found 3 pods, using pod/webpod-697b545f57-t87x7\n", 0
    ),
    ("logs -l app=webpod --prefix --since=1s", "", "", 0),
    ("logs -l app=none", "", "No resources found in default namespace.\n", 0),
    ("logs nosuch", "", "Error from server (NotFound): pods \"nosuch\" not found\n", 1),
    ("logs curl-pod -c nosuch", "", "error: container nosuch not found in pod curl-pod\n", 1),
    (
      "logs curl-pod -p", "",
      "Error from server (BadRequest): previous terminated container \"curl\" in pod \"curl-pod\" not found\n",
      1
    ),
    (
      "logs -n kube-system coredns-674b8bbfcf-qnc4f", "",
      "kubectl: logs of coredns in coredns-674b8bbfcf-qnc4f: not modelled here\n", 127
    ),
  ])
  func linesAndRefusals(line: String, output: String, error: String, status: Int32) throws {
    var lab = try RunningLab.week4()
    lab.now = lab.now + .seconds(5)
    let result = lab.kubectl(line)
    #expect(result == CommandResult(standardOutput: output, standardError: error, status: status))
  }

  @Test func aNodeThatIsCutOffGivesNoLogs() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ip link set eth1 down", on: "k8s-w0")
    let result = lab.kubectl("logs webpod-697b545f57-2dg5m")
    #expect(
      result.standardError.hasPrefix(
        "Error from server: Get \"https://192.168.20.100:10250/containerLogs/default/webpod-697b545f57-2dg5m/webpod\": dial tcp"
      ), "\(result.standardError)")
    #expect(result.status == 1)
  }

  @Test func followingPrintsWhatComes() throws {
    var lab = try RunningLab.week4("l2")
    let node = try #require(lab.stack(named: "k8s-ctr"))
    var output = JobOutput()
    var job = lab.start(
      "kubectl -n kube-system logs -f --tail=0 cilium-f8f6c".split(separator: " ").map(String.init), on: node)
    guard case .waiting = job.resume(.started, in: &lab, output: &output) else {
      Issue.record("it does not follow")
      return
    }
    #expect(output.text(of: .standardOutput).isEmpty)
    _ = try lab.run("ssh k8s-w1 sudo reboot", on: "k8s-ctr")
    _ = job.resume(.labChanged, in: &lab, output: &output)
    #expect(output.text(of: .standardOutput).contains("successfully acquired lease \(Self.lease)"))
    #expect(job.resume(.interrupted, in: &lab, output: &output) == .ended(status: 130))
  }
}
