import NetModel

/// What the API server keeps of an object beside what tables are derived from.
package struct ObjectRecord: Hashable, Sendable {
  /// The object as its author last sent it; `nil` for one that a controller made.
  package var manifest: JSONValue?
  /// What was written into its status; controllers' own figures stand elsewhere.
  package var status: JSONValue?
  /// Rises with every change of the spec.
  package var generation = 1
  /// The number of the cluster's change that touched it last; 0 where that was its creation.
  package var revision = 0
  /// The moment that its author gave as that of its creation.
  package var givenCreation: WallTime?

  package init(manifest: JSONValue? = nil) {
    self.manifest = manifest
  }
}

/// The kind, namespace and name of an object.
package struct DocumentID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let kind: String
  /// Empty for an object of the whole cluster.
  package let namespace: String
  package let name: String

  package init(kind: String, namespace: String = "", name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// `Kind NAMESPACE/NAME`, or `Kind NAME`.
  package var description: String {
    namespace.isEmpty ? "\(kind) \(name)" : "\(kind) \(namespace)/\(name)"
  }

  package static func < (left: DocumentID, right: DocumentID) -> Bool {
    (left.kind, left.namespace, left.name) < (right.kind, right.namespace, right.name)
  }
}

/// An object of a kind that has no structure of its own here: all that is known of it is its document.
package struct StoredObject: Hashable, Identifiable, Sendable {
  package var id: DocumentID
  package var labels: Labels
  package var created: Creation
  /// Its manifest is never `nil`.
  package var record: ObjectRecord

  package init(
    id: DocumentID, labels: Labels = Labels(), created: Creation = .unset,
    record: ObjectRecord = ObjectRecord()
  ) {
    self.id = id
    self.labels = labels
    self.created = created
    self.record = record
  }

  /// The object's `spec`; `null` where it has none.
  package var spec: JSONValue { record.manifest?["spec"] ?? .null }
}
