import ControlPlane
import NetModel

extension Kubectl {
  /// Numbers of processors and memory are not in the model; whether anybody serves them is.
  ///
  /// Source: kubectl `pkg/cmd/top/top_node.go`, `top_pod.go`.
  static let topCommands = ["node", "nodes", "no", "pod", "pods", "po"].map { word in
    KubectlCommand(
      "top \(word)",
      flags: selectionFlags + [
        Flag("containers", nil, .bool), Flag("no-headers", nil, .bool), Flag("sort-by", nil, .text),
        Flag("sum", nil, .bool), Flag("show-capacity", nil, .bool), Flag("use-protocol-buffers", nil, .bool),
      ]
    ) { (_, lab, _) throws(KubectlError) in
      let isServed = lab.network?.cluster?.pods.contains { pod in
        pod.template.containers.contains { $0.name == "metrics-server" }
      }
      guard isServed == true else { throw .client("Metrics API not available") }
      throw .notModelled("top \(word)")
    }
  }

  /// The lab's user is the cluster's administrator, who may do everything.
  ///
  /// Source: kubectl `pkg/cmd/auth/cani.go`; kubeadm binds its administrators to `cluster-admin`.
  static let canICommand = KubectlCommand(
    "auth can-i",
    flags: [
      Flag("all-namespaces", "A", .bool), Flag("quiet", "q", .bool), Flag("subresource", nil, .text),
      .unmodelled("list", nil, .bool),
    ]
  ) { (call, lab, answer) throws(KubectlError) in
    guard call.arguments.count >= 2, let network = lab.network else {
      throw .client("you must specify two arguments: verb resource or verb resource/resourceName.")
    }
    let type = String(call.arguments[1].prefix { $0 != "/" })
    if type != "*", !type.isEmpty {
      do throws(KubectlError) {
        _ = try ResourceNames(network).resources(named: type)
      } catch .client {
        answer.warn("Warning: the server doesn't have a resource type '\(type)'\n")
      }
    }
    if !call.flags.isOn("quiet") { answer.output += "yes\n" }
  }
}
