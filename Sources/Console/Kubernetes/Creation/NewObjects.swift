import NetModel

/// The documents that kubectl makes of a command line.
///
/// Source: kubectl `pkg/cmd/create/create_*.go`; Go writes fields without `omitempty` also where they are empty.
enum NewObjects {
  static func namespace(_ name: String) -> JSONValue {
    object("v1", "Namespace", name, ["spec": .object([]), "status": .object([])])
  }

  static func configMap(_ name: String, literals: [String]) throws(KubectlError) -> JSONValue {
    var data: [JSONValue.Member] = []
    for literal in literals {
      let parts = literal.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw .client("invalid literal source \(literal), expected key=value")
      }
      data.append(.init(String(parts[0]), .string(String(parts[1]))))
    }
    return object("v1", "ConfigMap", name, ["data": data.isEmpty ? nil : .object(data)])
  }

  static func deployment(
    _ name: String, images: [String], replicas: Int, port: Int?, command: [String]
  ) -> JSONValue {
    let labels = JSONValue.object([.init("app", .string(name))])
    let containers = images.enumerated().map { index, image -> JSONValue in
      let ports =
        index == 0 ? port.map { JSONValue.array([.object([.init("containerPort", .number($0))])]) } : nil
      return .fields([
        "command": command.isEmpty ? nil : .texts(command), "image": .string(image),
        "name": .string(containerName(image)), "ports": ports, "resources": .object([]),
      ])
    }
    let template = JSONValue.fields([
      "metadata": .fields(["creationTimestamp": .null, "labels": labels]),
      "spec": .fields(["containers": .array(containers)]),
    ])
    let spec = JSONValue.fields([
      "replicas": .number(replicas), "selector": .fields(["matchLabels": labels]), "strategy": .object([]),
      "template": template,
    ])
    return object("apps/v1", "Deployment", name, ["spec": spec, "status": .object([])], labels: labels)
  }

  /// The last part of an image's path, without tag and digest.
  private static func containerName(_ image: String) -> String {
    let last = image.split(separator: "/").last ?? ""
    return String(last.prefix { $0 != ":" && $0 != "@" })
  }

  enum ServiceType: String, Sendable {
    case clusterip, nodeport, loadbalancer, externalname

    fileprivate var name: String {
      switch self {
      case .clusterip: "ClusterIP"
      case .nodeport: "NodePort"
      case .loadbalancer: "LoadBalancer"
      case .externalname: "ExternalName"
      }
    }
  }

  static func service(_ name: String, _ type: ServiceType, _ flags: ParsedFlags) throws(KubectlError)
    -> JSONValue
  {
    let isHeadless = flags.text("clusterip") == "None"
    let specifiers = flags.texts("tcp")
    if specifiers.isEmpty, type != .externalname, !isHeadless {
      throw .client("at least one tcp port specifier must be provided")
    }
    var ports: [JSONValue] = []
    for specifier in specifiers { ports.append(try port(specifier, node: flags.number("node-port"))) }
    let labels = JSONValue.object([.init("app", .string(name))])
    let spec = JSONValue.fields([
      "clusterIP": flags.text("clusterip").map { .string($0) },
      "externalName": flags.text("external-name").map { .string($0) },
      "ports": ports.isEmpty ? nil : .array(ports), "selector": labels, "type": .string(type.name),
    ])
    return object("v1", "Service", name, ["spec": spec, "status": emptyBalancer], labels: labels)
  }

  static let emptyBalancer = JSONValue.object([.init("loadBalancer", .object([]))])

  /// `PORT` or `PORT:TARGET`
  private static func port(_ specifier: String, node: Int?) throws(KubectlError) -> JSONValue {
    let parts = specifier.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    guard let port = UInt16(parts[0]) else {
      throw .client("strconv.ParseUint: parsing \(JSONValue.quoted(parts[0])): invalid syntax")
    }
    let target: JSONValue =
      parts.count > 1 ? Int(parts[1]).map { .number($0) } ?? .string(parts[1]) : .number(Int(port))
    return .fields([
      "name": .string(parts.joined(separator: "-")), "nodePort": node.map { .number($0) },
      "port": .number(Int(port)), "protocol": "TCP", "targetPort": target,
    ])
  }

  /// An object with members in alphabetical order.
  static func object(
    _ version: String, _ kind: String, _ name: String, _ fields: KeyValuePairs<String, JSONValue?>,
    labels: JSONValue? = nil
  ) -> JSONValue {
    let metadata = JSONValue.fields([
      "creationTimestamp": .null, "labels": labels, "name": .string(name),
    ])
    let head: [JSONValue.Member] = [
      .init("apiVersion", .string(version)), .init("kind", .string(kind)), .init("metadata", metadata),
    ]
    let rest = fields.compactMap { name, value in value.map { JSONValue.Member(name, $0) } }
    return JSONValue.object(head + rest).sorted
  }
}
