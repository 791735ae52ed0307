import ControlPlane
import Foundation
import Importing
import NetModel
import PacketTesting
import Testing

@testable import Console

@Suite("Documents that kubectl makes of a command line", .enabled(if: RealKubectl.isInstalled))
struct NewObjectsTests {
  /// Command lines that the real kubectl answers without a cluster.
  private static let lines = [
    "create deployment web --image=registry/a/b:1 --image=c --replicas=2 --port=80",
    "create deployment web --image=b@sha256:abc -- sleep 1",
    "create service clusterip web --tcp=80:8080 --tcp=443",
    "create service clusterip headless --clusterip=None",
    "create service nodeport web --tcp=80:http --node-port=30100",
    "create service loadbalancer web --tcp=80",
    "create service externalname web --external-name=a.example",
    "create namespace prod",
    "create configmap c --from-literal=b=1 --from-literal=a=x=y",
  ]

  @Test("The real kubectl makes the same", arguments: lines, ["yaml", "json", "name"])
  func documents(line: String, format: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let dash = words.firstIndex(of: "--") ?? words.count
    let all = words[..<dash] + ["--dry-run=client", "-o", format] + words[dash...]
    let real = try #require(ExternalTool("kubectl"))
    var lab = RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: "fresh"))
    let ours = lab.run(["kubectl"] + all, on: .host(NodeID("k8s-ctr")))
    let theirs = try real.output(of: Array(all), reading: [])
    guard format == "json" else {
      #expect(ours.standardOutput == theirs)
      return
    }
    // The real one prints Go's structures here, whose fields stand in an order of their own.
    #expect(try ManifestDocuments(ours.standardOutput).values == ManifestDocuments(theirs).values)
  }

  @Test(
    "Local changes of a manifest print alike",
    arguments: [
      ["annotate", "a=b", "k/l=m"], ["label", "app=x", "tier-", "--overwrite"], ["annotate", "empty-"],
    ],
    ["yaml", "json", "name", "jsonpath={.metadata}"])
  func localChanges(words: [String], format: String) throws {
    let manifest = try Fixture.text("kubectl/pod.yaml")
    let options = ["--local", "-o", format]
    let real = try #require(ExternalTool("kubectl"))
    let theirs = try real.output(
      of: words.prefix(1) + ["-f", "FILE"] + words.dropFirst() + options, reading: Array(manifest.utf8))
    var lab = RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: "fresh"))
    let ours = lab.run(
      ["kubectl"] + words.prefix(1) + ["-n", "shop", "-f", "-"] + words.dropFirst() + options,
      on: .host(NodeID("k8s-ctr")), input: CommandInput(standardInput: manifest))
    #expect(ours.standardOutput == theirs)
  }

  @Test(arguments: [("", ""), ("--rm ", "; kubectl delete pod tmp -n default")])
  func aShellInANewPodIsTheUsersOwn(option: String, removal: String) throws {
    var lab = try RunningLab.week4()
    let line = "kubectl run -it \(option)tmp --image=busybox -- sh"
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    var job = lab.start(line.split(separator: " ").map(String.init), on: stack)
    var output = JobOutput()
    let state = job.resume(.started, in: &lab, output: &output)
    let then = "kubectl exec -it -n default tmp -- sh\(removal)"
    #expect(state == .handedOver(ShellRequest(stack: stack, line: then)))
    #expect(lab.stack(named: "tmp") != nil)
    #expect(lab.kubectl("run -it x --image=busybox -- /tmp/sh").status == 127)
  }
}
