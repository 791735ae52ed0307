import ControlPlane
import Foundation
import Importing
import NetModel
import Testing

@testable import Console

@Suite("nothing is canned: with the lab file changed, Cilium's tools print what it says now")
struct ChangedLabTests {
  /// What is changed all over the file, each once.
  private static let changes = [
    ("172.20.", "172.29."), ("192.168.10.", "192.168.77."), ("10.96.", "10.113."), ("k8s-ctr", "boss"),
    ("k8s-w1", "helper"), ("webpod", "shop"), ("curl-pod", "asker"), ("45966", "31234"), ("62886", "40404"),
  ]

  private static func lab(_ chapter: String) throws -> RunningLab {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "../../../Resources/labs/cilium-week4.yaml")
    var text = try String(contentsOf: file, encoding: .utf8)
    for (old, new) in changes { text = text.replacingOccurrences(of: old, with: new) }
    let lab = try Lab(yaml: text, file: "changed.yaml", seed: nil)
    return RunningLab(network: try lab.network(chapter: chapter == "webpod" ? "shop" : chapter))
  }

  @Test(arguments: [
    ("cilium-dbg ip list", ["172.29.1.108/32", "k8s:app=shop"]),
    ("cilium-dbg endpoint list", ["40404", "172.29.0.121"]),
    ("cilium-dbg service list", ["10.113.189.34:80/TCP", "1 => 172.29.0.121:80/TCP (active)"]),
    ("cilium-dbg bpf ipcache list", ["172.29.2.0/24", "tunnelendpoint=192.168.77.101"]),
    ("cilium-dbg map get cilium_lb4_backends_v3", ["TCP://172.29.2.33"]),
    ("cilium-dbg status --all-addresses", ["172.29.0.43 (router)", "(default/asker)", "192.168.77.100"]),
    ("cilium-dbg node list", ["boss", "helper", "192.168.77.101"]),
    ("cilium config view", ["172.29.0.0/16"]),
    ("cilium features status", ["boss  helper  k8s-w0"]),
    ("hubble status", ["Connected Nodes: 2/3\nUnavailable Nodes: 1\n  - k8s-w0\n"]),
    ("helm get values cilium -n kube-system", ["k8sServiceHost: 192.168.77.100"]),
  ])
  func outputFollows(command: String, expected: [String]) throws {
    var lab = try Self.lab("webpod")
    let result = lab.run(
      command.split(separator: " ").map(String.init), on: try #require(lab.stack(named: "boss")))
    #expect(result.status == 0)
    for text in expected {
      #expect(result.standardOutput.contains(text), "\(text) in\n\(result.standardOutput)")
    }
    for (old, _) in Self.changes { #expect(!result.standardOutput.contains(old)) }
  }
}
