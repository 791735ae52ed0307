import NetModel

extension ResourceColumns {
  /// Source: Kubernetes `pkg/printers/internalversion/printers.go` (`printService`).
  static let service: [TableColumn] = [
    .name,
    TableColumn("TYPE") { document in document.value(at: "spec", "type")?.text ?? "" },
    TableColumn("CLUSTER-IP") { document in
      document.value(at: "spec", "clusterIPs")?.elements.first?.text.orNone ?? "<none>"
    },
    TableColumn("EXTERNAL-IP") { document, context in
      ServiceText.externalIP(document, isWide: context.isWide)
    },
    TableColumn("PORT(S)") { document in ServiceText.ports(document).orNone },
    .age,
    TableColumn("SELECTOR", isWide: true) { document in
      LabelText.labels(document.value(at: "spec", "selector"))
    },
  ]

  /// Source: Kubernetes `pkg/printers/internalversion/printers.go` (`printEndpointSlice`).
  static let endpointSlice: [TableColumn] = [
    .name,
    TableColumn("ADDRESSTYPE") { document in document["addressType"]?.text ?? "" },
    TableColumn("PORTS") { document in
      let ports = document["ports"]?.elements ?? []
      return EndpointText.atMost3(
        ports.map { $0["port"]?.integer.map(String.init) ?? $0["name"]?.text ?? "*" }, none: "<unset>")
    },
    TableColumn("ENDPOINTS") { document in
      let endpoints = document["endpoints"]?.elements ?? []
      let addresses = endpoints.flatMap { $0["addresses"]?.elements ?? [] }.compactMap(\.text)
      return EndpointText.atMost3(addresses, none: "<unset>")
    },
    .age,
  ]
}

extension TableColumn {
  static let endpoints = TableColumn("ENDPOINTS") { document in EndpointText.addresses(document) }
}

/// What kubectl tells of a Service.
enum ServiceText {
  /// Source: Kubernetes `pkg/printers/internalversion/printers.go` (`getServiceExternalIP`).
  fileprivate static func externalIP(_ document: JSONValue, isWide: Bool) -> String {
    let spec = document["spec"]
    let external = (spec?["externalIPs"]?.elements ?? []).compactMap(\.text)
    switch spec?["type"]?.text {
    case "LoadBalancer":
      let all = (balancerAddresses(document, isWide: isWide).map { [$0] } ?? []) + external
      return all.isEmpty ? "<pending>" : all.joined(separator: ",")
    case "ExternalName": return spec?["externalName"]?.text ?? ""
    case "ClusterIP", "NodePort": return external.joined(separator: ",").orNone
    default: return "<unknown>"
    }
  }

  /// Cut to 16 characters where the table is not wide.
  private static func balancerAddresses(_ document: JSONValue, isWide: Bool) -> String? {
    let addresses = ingress(document).sorted()
    if addresses.isEmpty { return nil }
    let text = addresses.joined(separator: ",")
    return !isWide && text.utf8.count > 16 ? text.prefix(13) + "..." : text
  }

  /// The addresses or names that the load balancer gave.
  static func ingress(_ document: JSONValue) -> [String] {
    (document.value(at: "status", "loadBalancer", "ingress")?.elements ?? []).compactMap {
      $0["ip"]?.text ?? $0["hostname"]?.text
    }
  }

  /// `80:31016/TCP,443/TCP`
  fileprivate static func ports(_ document: JSONValue) -> String {
    (document.value(at: "spec", "ports")?.elements ?? []).map { port in
      let number = port["port"]?.integer ?? 0
      let node = port["nodePort"]?.integer.map { ":\($0)" } ?? ""
      return "\(number)\(node)/\(port["protocol"]?.text ?? "TCP")"
    }.joined(separator: ",")
  }
}

/// What kubectl tells of endpoints.
enum EndpointText {
  /// The first three with the number of the others.
  ///
  /// Source: Kubernetes `pkg/printers/internalversion/printers.go` (`listWithMoreString`, `formatEndpoints`).
  static func atMost3(_ texts: [String], none: String) -> String {
    let text = texts.prefix(3).joined(separator: ",")
    if texts.count > 3 { return "\(text) + \(texts.count - 3) more..." }
    return text.isEmpty ? none : text
  }

  /// `ADDRESS:PORT` of all subsets of an Endpoints object, or of one port.
  static func addresses(_ document: JSONValue, portName: String? = nil) -> String {
    let subsets = document["subsets"]?.elements ?? []
    if subsets.isEmpty { return "<none>" }
    return atMost3(subsets.flatMap { addresses(ofSubset: $0, portName) }, none: "")
  }

  private static func addresses(ofSubset subset: JSONValue, _ portName: String?) -> [String] {
    let addresses = (subset["addresses"]?.elements ?? []).compactMap { $0["ip"]?.text }
    let ports = subset["ports"]?.elements ?? []
    if ports.isEmpty { return addresses }
    return ports.filter { portName == nil || ($0["name"]?.text ?? "") == portName }.flatMap { port in
      addresses.map { "\($0):\(port["port"]?.integer ?? 0)" }
    }
  }
}
