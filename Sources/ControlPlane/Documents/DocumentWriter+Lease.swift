import NetModel

extension DocumentWriter {
  /// Source: Kubernetes `coordination/v1/types.go`, `LeaseSpec`.
  func document(of lease: Lease) -> JSONValue {
    let id = DocumentID(kind: "Lease", namespace: Lease.namespace, name: lease.name)
    func time(_ instant: Instant) -> JSONValue {
      .string(WallTime(instant, since: cluster.startTime).microDescription)
    }
    let renewed = lease.renewal(at: now)
    let spec = JSONValue.fields([
      "acquireTime": time(lease.acquired), "holderIdentity": .string(lease.holder?.name ?? ""),
      "leaseDurationSeconds": .number(Int(lease.duration.components.seconds)),
      "leaseTransitions": .number(lease.transitions), "renewTime": time(renewed),
    ])
    var record = ObjectRecord()
    record.revision = lease.created.order
    return document(id, created: lease.created, record: record, labels: Labels(), spec: spec)
  }
}
