import NetModel

extension ResourceColumns {
  /// Source: Kubernetes `pkg/printers/internalversion/printers.go` (`printNode`).
  static let node: [TableColumn] = [
    .name,
    TableColumn("STATUS") { document in NodeText.status(document) },
    TableColumn("ROLES") { document in NodeText.roles(document).joined(separator: ",").orNone },
    .age,
    TableColumn("VERSION") { document in NodeText.info("kubeletVersion", of: document) ?? "" },
    TableColumn("INTERNAL-IP", isWide: true) { document in NodeText.address("InternalIP", of: document) },
    TableColumn("EXTERNAL-IP", isWide: true) { document in NodeText.address("ExternalIP", of: document) },
    TableColumn("OS-IMAGE", isWide: true) { document in NodeText.info("osImage", of: document) ?? "<unknown>"
    },
    TableColumn("KERNEL-VERSION", isWide: true) { document in
      NodeText.info("kernelVersion", of: document) ?? "<unknown>"
    },
    TableColumn("CONTAINER-RUNTIME", isWide: true) { document in
      NodeText.info("containerRuntimeVersion", of: document) ?? "<unknown>"
    },
  ]
}

/// What kubectl tells of a node.
enum NodeText {
  static func status(_ document: JSONValue) -> String {
    let readiness =
      switch document.condition("Ready")?["status"]?.text {
      case "True": "Ready"
      case nil: "Unknown"
      default: "NotReady"
      }
    let isCordoned = document.value(at: "spec", "unschedulable")?.boolean == true
    return isCordoned ? readiness + ",SchedulingDisabled" : readiness
  }

  /// In ascending order.
  static func roles(_ document: JSONValue) -> [String] {
    let labels = document.value(at: "metadata", "labels")?.members ?? []
    let prefix = "node-role.kubernetes.io/"
    let roles = labels.compactMap { label -> String? in
      if label.name.hasPrefix(prefix) { return String(label.name.dropFirst(prefix.count)) }
      return label.name == "kubernetes.io/role" ? label.value.text : nil
    }
    return roles.filter { !$0.isEmpty }.sorted()
  }

  static func info(_ name: String, of document: JSONValue) -> String? {
    document.value(at: "status", "nodeInfo", name)?.text.flatMap { $0.isEmpty ? nil : $0 }
  }

  fileprivate static func address(_ type: String, of document: JSONValue) -> String {
    document.value(at: "status", "addresses")?.elements.first { $0["type"]?.text == type }?["address"]?.text
      ?? "<none>"
  }
}
