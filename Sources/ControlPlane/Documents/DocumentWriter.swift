import NetModel

/// Writes the objects of a cluster as the documents that the API server shows.
///
/// What an object's author sent stands as sent, with the defaults that the API server fills in; fields that are
/// known here come from the objects themselves.
struct DocumentWriter {
  let network: Network
  let cluster: Cluster
  let now: Instant

  /// - Parameter network: one with a cluster.
  init?(_ network: Network, at instant: Instant) {
    guard let cluster = network.cluster else { return nil }
    self.network = network
    self.cluster = cluster
    now = instant
  }

  /// The document of an object, its members in ascending order of their names.
  func document(
    _ id: DocumentID, created: Creation, record: ObjectRecord, labels: Labels, spec: JSONValue? = nil,
    status: JSONValue? = nil, metadata extra: [JSONValue.Member] = []
  ) -> JSONValue {
    var document = record.manifest ?? .object([])
    document["apiVersion"] = APIResource.of(kind: id.kind).map { .string($0.apiVersion) }
    document["kind"] = .string(id.kind)
    document["metadata"] = metadata(id, created: created, record: record, labels: labels, extra: extra)
    document["spec"] = spec ?? document["spec"]
    document["status"] = status ?? record.status
    return document.sorted
  }

  private func metadata(
    _ id: DocumentID, created: Creation, record: ObjectRecord, labels: Labels, extra: [JSONValue.Member]
  ) -> JSONValue {
    var metadata = record.manifest?["metadata"] ?? .object([])
    metadata["name"] = .string(id.name)
    metadata["namespace"] = id.namespace.isEmpty ? nil : .string(id.namespace)
    metadata["labels"] = labels.isEmpty ? nil : labels.document
    metadata["creationTimestamp"] = .string(time(of: created, record))
    metadata["resourceVersion"] = .string(String(max(record.revision, created.order)))
    metadata["uid"] = .string(uid(of: id, created))
    metadata["generation"] =
      DocumentWriter.kindsWithGeneration.contains(id.kind) ? .number(record.generation) : nil
    for member in extra { metadata[member.name] = member.value }
    return metadata
  }

  /// Source: Kubernetes `pkg/registry/*/strategy.go`: those whose `PrepareForUpdate` counts generations.
  private static let kindsWithGeneration: Set<String> = [
    "DaemonSet", "Deployment", "ReplicaSet", "NetworkPolicy", "CiliumNetworkPolicy",
    "CiliumClusterwideNetworkPolicy", "CiliumLoadBalancerIPPool", "CiliumL2AnnouncementPolicy",
    "CiliumBGPAdvertisement", "CiliumBGPClusterConfig", "CiliumBGPNodeConfig", "CiliumBGPNodeConfigOverride",
    "CiliumBGPPeerConfig", "CiliumEndpoint", "CiliumIdentity", "CiliumNode", "EndpointSlice",
    "IPAddressPool", "L2Advertisement", "ServiceL2Status",
  ]

  /// When the object was made, or says that it was.
  func time(of created: Creation, _ record: ObjectRecord = ObjectRecord()) -> String {
    (record.givenCreation ?? WallTime(created.instant, since: cluster.startTime)).description
  }

  /// A number that no other object bears (RFC 9562, version 4).
  func uid(of id: DocumentID, _ created: Creation) -> String {
    var draw = Draw(seed: network.seed, for: "uid", id.description, String(created.order))
    let digits = Array(draw.hexDigits(length: 30))
    let variant = "89ab".map { $0 }[draw.number(in: 0...3)]
    return String(digits[0..<8]) + "-" + String(digits[8..<12]) + "-4" + String(digits[12..<15]) + "-"
      + String(variant) + String(digits[15..<18]) + "-" + String(digits[18..<30])
  }

  /// The reference of a dependent to the object that controls it.
  func ownerReference(_ id: DocumentID, _ created: Creation) -> JSONValue {
    .fields([
      "apiVersion": APIResource.of(kind: id.kind).map { .string($0.apiVersion) },
      "blockOwnerDeletion": true, "controller": true, "kind": .string(id.kind), "name": .string(id.name),
      "uid": .string(uid(of: id, created)),
    ])
  }

  /// One entry of `status.conditions`.
  func condition(
    _ type: String, _ status: Bool, reason: String? = nil, message: String? = nil, since created: Creation,
    times: [String] = ["lastTransitionTime"]
  ) -> JSONValue {
    let since = JSONValue.string(time(of: created))
    var condition = JSONValue.fields([
      "message": message.map { .string($0) }, "reason": reason.map { .string($0) },
      "status": .string(status ? "True" : "False"), "type": .string(type),
    ])
    for name in times { condition[name] = since }
    return condition
  }
}

extension Labels {
  /// As an object of a document.
  var document: JSONValue { .object(entries.map { JSONValue.Member($0.key, .string($0.value)) }) }

  /// The texts among an object's members; other members are passed over.
  init(document: JSONValue?) {
    self.init((document?.members ?? []).compactMap { member in member.value.text.map { (member.name, $0) } })
  }
}
