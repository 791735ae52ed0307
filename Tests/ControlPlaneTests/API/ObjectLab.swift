import ControlPlane
import Importing
import NetModel

/// A lab whose API server is asked for things, with documents written as YAML.
struct ObjectLab {
  var network: Network
  var now = Instant.start

  init(chapter: String = "webpod") throws {
    network = try Lab.builtIn("cilium-week4").network(chapter: chapter)
  }

  static func resource(_ kind: String) -> APIResource {
    APIResource.all.first { $0.kind == kind } ?? APIResource(kind: kind, plural: kind, singular: kind)
  }

  @discardableResult
  mutating func create(_ yaml: String, namespace: String = "default") throws -> [JSONValue] {
    try ManifestDocuments(yaml).values.map { document in
      try network.apply(.create(document, namespace: namespace), at: now)
    }
  }

  /// Makes a workload whose pods bear its name as their label `app`.
  ///
  /// - Parameter spec: what else stands in its own specification, with a comma behind it; as `pods` in that of its pods.
  mutating func run(
    _ name: String, as kind: String = "Deployment", spec: String = "", pods: String = "",
    container: String = "image: traefik/whoami"
  ) throws {
    try create(
      """
      {apiVersion: apps/v1, kind: \(kind), metadata: {name: \(name)}, spec: {\(spec)
        selector: {matchLabels: {app: \(name)}},
        template: {metadata: {labels: {app: \(name)}}, spec: {\(pods) containers: [{name: c, \(container)}]}}}}
      """)
  }

  @discardableResult
  mutating func patch(
    _ kind: String, _ name: String, namespace: String = "default", _ type: PatchType = .strategic,
    _ yaml: String,
    subresource: String? = nil
  ) throws -> JSONValue {
    let patch = try ManifestDocuments(yaml).values.first ?? .null
    return try network.apply(
      .patch(
        Self.resource(kind), namespace: namespace, name: name, patch, type, subresource: subresource), at: now
    )
  }

  /// A strategic merge patch.
  @discardableResult
  mutating func patch(
    _ kind: String, _ name: String, namespace: String = "default", _ yaml: String
  ) throws -> JSONValue {
    try patch(kind, name, namespace: namespace, .strategic, yaml)
  }

  @discardableResult
  mutating func delete(
    _ kind: String, _ name: String, namespace: String = "default", graceSeconds: Int? = nil
  ) throws -> JSONValue {
    try network.apply(
      .delete(Self.resource(kind), namespace: namespace, name: name, graceSeconds: graceSeconds), at: now)
  }

  func get(_ kind: String, _ name: String, namespace: String = "default") throws -> JSONValue {
    try network.apiGet(Self.resource(kind), namespace: namespace, name: name, at: now)
  }

  func names(_ kind: String, namespace: String? = nil) -> [String] {
    network.apiList(Self.resource(kind), namespace: namespace, at: now).map {
      $0.value(at: "metadata", "name")?.text ?? ""
    }
  }
}
