import ControlPlane
import NetModel

/// `kubectl cluster-info dump`: the objects of some namespaces as JSON.
///
/// Source: kubectl `pkg/cmd/clusterinfo/clusterinfo_dump.go`. Logs, which the real command adds, are not modelled.
struct ClusterDump: Sendable {
  private let network: Network
  private let now: Instant
  private let namespaces: [String]

  init(_ call: KubectlCall, _ lab: RunningLab) throws(KubectlError) {
    guard let network = lab.network else { throw .notModelled("a recorded cluster") }
    guard (call.flags.text("output") ?? "json") == "json" else { throw .notModelled("cluster-info dump -o") }
    self.network = network
    now = lab.now
    let all = ResourceNames(network).resource(named: "namespaces").map {
      network.apiList($0, namespace: nil, at: lab.now).map(\.objectName)
    }
    let asked = call.flags.texts("namespaces")
    namespaces = call.isAllNamespaces ? all ?? [] : asked.isEmpty ? ["kube-system", call.namespace] : asked
  }

  func write(to answer: inout KubectlAnswer) {
    answer.output += list("nodes", namespace: nil)
    for namespace in namespaces {
      answer.output += empty("Event") + empty("ReplicationController")
      for kind in ["services", "daemonsets", "deployments", "replicasets", "pods"] {
        answer.output += list(kind, namespace: namespace)
      }
    }
  }

  private func list(_ name: String, namespace: String?) -> String {
    guard let resource = ResourceNames(network).resource(named: name) else { return "" }
    let items = network.apiList(resource, namespace: namespace, at: now).map { item in
      item.setting(["kind"], to: nil).setting(["apiVersion"], to: nil)
    }
    return document(resource.kind, resource.apiVersion, items)
  }

  private func empty(_ kind: String) -> String { document(kind, "v1", []) }

  private func document(_ kind: String, _ version: String, _ items: [JSONValue]) -> String {
    let list = JSONValue.object([
      .init("kind", .string("\(kind)List")), .init("apiVersion", .string(version)),
      .init("metadata", .object([.init("resourceVersion", "")])), .init("items", .array(items)),
    ])
    return JSONPrinter.indented(list) + "\n"
  }
}
