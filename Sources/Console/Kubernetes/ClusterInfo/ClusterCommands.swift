import ControlPlane
import NetModel

extension Kubectl {
  /// Commands about the cluster and the client itself.
  static let clusterCommands: [KubectlCommand] =
    [
      KubectlCommand("version", flags: [Flag("client", nil, .bool), Flag("output", "o", .text)]) {
        (call, lab, answer) throws(KubectlError) in
        try version(call, lab, &answer)
      },
      KubectlCommand("cluster-info") { (_, lab, answer) throws(KubectlError) in
        let server = ClusterAccess(lab).server
        answer.output += "Kubernetes control plane is running at \(server)\n"
        for service in clusterServices(lab) {
          answer.output += "\(service.name) is running at \(server)\(service.path)\n"
        }
        answer.output +=
          "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n"
      },
      KubectlCommand(
        "cluster-info dump",
        flags: [
          Flag("all-namespaces", "A", .bool), Flag("namespaces", nil, .texts), Flag("output", "o", .text),
          .unmodelled("output-directory", nil, .text),
        ]
      ) { (call, lab, answer) throws(KubectlError) in
        try ClusterDump(call, lab).write(to: &answer)
      },
      KubectlCommand("api-resources", flags: apiResourcesFlags) { (call, lab, answer) throws(KubectlError) in
        try apiResources(call, lab, &answer)
      },
      KubectlCommand("api-versions") { (_, lab, answer) throws(KubectlError) in
        let versions = Set((lab.network?.apiResources ?? []).map(\.apiVersion)).sorted()
        answer.output += versions.map { $0 + "\n" }.joined()
      },
    ] + configCommands + topCommands + [canICommand, explainCommand, waitCommand]

  private static func version(
    _ call: KubectlCall, _ lab: RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    guard call.flags.text("output") == nil else { throw .notModelled("version -o") }
    let server = ClusterAccess(lab).serverVersion
    answer.output += "Client Version: \(server)\nKustomize Version: v5.6.0\n"
    if !call.flags.isOn("client") { answer.output += "Server Version: \(server)\n" }
  }

  /// Source: kubectl `pkg/cmd/clusterinfo/clusterinfo.go`: Services marked as the cluster's own.
  private static func clusterServices(_ lab: RunningLab) -> [(name: String, path: String)] {
    guard let network = lab.network, let services = ResourceNames(network).resource(named: "services") else {
      return []
    }
    return network.apiList(services, namespace: "kube-system", at: lab.now).compactMap { service in
      guard service.value(at: "metadata", "labels", "kubernetes.io/cluster-service")?.text == "true" else {
        return nil
      }
      let name = service.value(at: "metadata", "labels", "kubernetes.io/name")?.text ?? service.objectName
      let port = service.value(at: "spec", "ports")?.elements.first?["name"]?.text ?? ""
      return (name, "/api/v1/namespaces/kube-system/services/\(service.objectName):\(port)/proxy")
    }
  }

  private static let apiResourcesFlags: [Flag] = [
    Flag("no-headers", nil, .bool), Flag("output", "o", .text), Flag("namespaced", nil, .bool),
    Flag("api-group", nil, .text), Flag("sort-by", nil, .text), Flag("cached", nil, .bool),
    Flag("categories", nil, .texts), .unmodelled("verbs", nil, .texts),
  ]

  /// Source: kubectl `pkg/cmd/apiresources/apiresources.go`.
  private static func apiResources(
    _ call: KubectlCall, _ lab: RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    var resources = lab.network?.apiResources ?? []
    if let group = call.flags.text("api-group") { resources = resources.filter { $0.group == group } }
    if call.flags.contains("namespaced") {
      resources = resources.filter { $0.isNamespaced == call.flags.isOn("namespaced") }
    }
    let categories = call.flags.texts("categories")
    resources = resources.filter { categories.allSatisfy($0.categories.contains) }
    switch call.flags.text("sort-by") {
    case nil: resources.sort { ($0.group, $0.plural) < ($1.group, $1.plural) }
    case "name": resources.sort { $0.plural < $1.plural }
    case "kind": resources.sort { $0.kind < $1.kind }
    default: throw .client("--sort-by accepts only name or kind")
    }
    switch call.flags.text("output") {
    case "name": answer.output += resources.map { $0.qualifiedName + "\n" }.joined()
    case nil:
      let rows = resources.map {
        [$0.plural, $0.shortNames.joined(separator: ","), $0.apiVersion, String($0.isNamespaced), $0.kind]
      }
      let headers =
        call.flags.isOn("no-headers") ? [] : [["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"]]
      var writer = TabWriter.kubectl
      answer.output += writer.format(rows: headers + rows)
    case let format?: throw .notModelled("api-resources -o \(format)")
    }
  }
}

/// Where the cluster is reached, as an administrator's configuration says it.
struct ClusterAccess: Sendable {
  private let lab: RunningLab

  init(_ lab: RunningLab) {
    self.lab = lab
  }

  /// The API server's URL: the endpoint behind the Service `kubernetes`.
  var server: String {
    guard let endpoints = object("endpoints", "kubernetes"),
      let subset = endpoints["subsets"]?.elements.first,
      let address = subset["addresses"]?.elements.first?["ip"]?.text
    else { return "https://localhost:6443" }
    return "https://\(address):\(subset["ports"]?.elements.first?["port"]?.integer ?? 6443)"
  }

  /// The version that the first node's kubelet tells.
  var serverVersion: String {
    guard let network = lab.network, let nodes = ResourceNames(network).resource(named: "nodes") else {
      return ""
    }
    let first = network.apiList(nodes, namespace: nil, at: lab.now).first
    return first.flatMap { NodeText.info("kubeletVersion", of: $0) } ?? ""
  }

  private func object(_ resource: String, _ name: String) -> JSONValue? {
    guard let network = lab.network, let resource = ResourceNames(network).resource(named: resource) else {
      return nil
    }
    return try? lab.object(resource, namespace: "default", name: name)
  }
}
