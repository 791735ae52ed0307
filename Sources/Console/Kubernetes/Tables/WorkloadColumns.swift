import NetModel

/// Source: Kubernetes `pkg/printers/internalversion/printers.go` (`printDeployment`, `printDaemonSet`,
/// `printReplicaSet`, `layoutContainerCells`).
extension ResourceColumns {
  static let deployment: [TableColumn] =
    [
      .name,
      TableColumn("READY") { document in
        let ready = document.value(at: "status", "readyReplicas")?.integer ?? 0
        return "\(ready)/\(document.value(at: "spec", "replicas")?.integer ?? 1)"
      },
      status("UP-TO-DATE", "updatedReplicas"), status("AVAILABLE", "availableReplicas"), .age,
    ] + template

  static let daemonSet: [TableColumn] =
    [
      .name, status("DESIRED", "desiredNumberScheduled"), status("CURRENT", "currentNumberScheduled"),
      status("READY", "numberReady"), status("UP-TO-DATE", "updatedNumberScheduled"),
      status("AVAILABLE", "numberAvailable"),
      TableColumn("NODE SELECTOR") { document in
        LabelText.labels(document.value(at: "spec", "template", "spec", "nodeSelector"))
      },
      .age,
    ] + template

  static let replicaSet: [TableColumn] =
    [
      .name,
      TableColumn("DESIRED") { document in String(document.value(at: "spec", "replicas")?.integer ?? 1) },
      status("CURRENT", "replicas"), status("READY", "readyReplicas"), .age,
    ] + template

  private static func status(_ name: String, _ field: String) -> TableColumn {
    TableColumn(name) { document in String(document.value(at: "status", field)?.integer ?? 0) }
  }

  private static let template: [TableColumn] = [
    TableColumn("CONTAINERS", isWide: true) { document in containers("name", of: document) },
    TableColumn("IMAGES", isWide: true) { document in containers("image", of: document) },
    TableColumn("SELECTOR", isWide: true) { document in
      LabelText.selector(document.value(at: "spec", "selector"))
    },
  ]

  private static func containers(_ field: String, of document: JSONValue) -> String {
    let containers = document.value(at: "spec", "template", "spec", "containers")?.elements ?? []
    return containers.map { $0[field]?.text ?? "" }.joined(separator: ",")
  }
}
