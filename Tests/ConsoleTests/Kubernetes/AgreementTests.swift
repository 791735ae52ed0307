import ControlPlane
import Importing
import NetModel
import PacketTesting
import Testing

@testable import Console

/// The real kubectl, reading the lab's own objects from a server, prints what ours prints.
@Suite("kubectl beside the real one", .enabled(if: RealKubectl.isInstalled && ExternalTool("python3") != nil))
struct AgreementTests {
  /// Words apart by blanks; tables are left out, whose cells the real API server makes.
  private static let lines = [
    "get pods -A -o name", "get pods -o yaml", "get pod curl-pod -o json", "get svc,ep webpod -o yaml",
    "get deploy,svc,ep webpod -o name", "get deploy/webpod svc/webpod -o name", "get cn -o json",
    "get pod -l app=webpod --field-selector spec.nodeName=k8s-w0 -o jsonpath={.items[0].status.podIP}",
    "get nodes -o jsonpath={range.items[*]}{.metadata.name}{\"\\t\"}{.spec.podCIDR}{\"\\n\"}{end}",
    "get pods -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,IP:.status.podIP,X:.spec.x",
    "get pods -A --no-headers -o custom-columns=NAME:metadata.name,PORTS:.spec.containers[*].ports[*].containerPort",
    "get pods -o name --sort-by=.status.podIP", "get svc -o name --sort-by={.spec.ports[0].port}",
    "get pods -o jsonpath-as-json={.items[*].status.podIP}", "get pods nosuch",
    "get pod curl-pod nosuch -o name",
    "get pods -n nosuch -o json", "get pods -n nosuch -o name", "get nosuch", "get pod/curl-pod svc",
    "get pod curl-pod -l a=b", "get pods -o nosuch", "get pods -o jsonpath={.items[99].x}",
    "get pods -o jsonpath={",
    "get pods -o custom-columns=A", "get pods -o custom-columns", "get pods --sort-by=.nosuch -o name", "get",
    "get pods a/b", "get pods --nosuch", "get pods -o", "get pod curl-pod --ignore-not-found -o name",
    "get pod nosuch --ignore-not-found", "get all -o name", "get cilium -A -o name",
    "describe pod curl-pod", "describe svc webpod", "describe deploy webpod", "describe rs",
    "describe ep webpod",
    "describe endpointslice -l kubernetes.io/service-name=webpod", "describe ns default",
    "describe cn k8s-w0",
    "describe cep curl-pod", "describe ds cilium -n kube-system", "describe cm kubeadm-config -n kube-system",
    "describe pod webpod", "describe pod nosuch", "describe nosuch",
  ]

  @Test func linesPrintAlike() throws {
    var lab = RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: "webpod"))
    let served = try ServedObjects(of: lab)
    for line in Self.lines {
      let words = line.split(separator: " ").map(String.init)
      let theirs = try served.kubectl(words)
      let ours = lab.run(["kubectl"] + words, on: .host(NodeID("k8s-ctr")))
      #expect(ours.standardOutput == theirs.output, "\(line)")
      #expect(Self.essence(ours.standardError) == Self.essence(theirs.error), "\(line)")
      #expect((ours.status == 0) == (theirs.status == 0), "\(line)")
    }
  }

  /// Errors without the dump of the object that a template was tried on.
  private static func essence(_ error: String) -> String {
    error.split(separator: "\n").filter { !$0.hasPrefix("\t") && !$0.hasPrefix("E1") }.joined(separator: "\n")
  }
}
