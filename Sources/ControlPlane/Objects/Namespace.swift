import NetModel

/// A namespace of the cluster, where it bears more than its name.
package struct Namespace: Hashable, Sendable {
  package var name: String
  package var labels: Labels
  package var created: Creation
  package var record = ObjectRecord()

  package init(name: String, labels: Labels = Labels(), created: Creation = .unset) {
    self.name = name
    self.labels = labels
    self.created = created
  }
}
