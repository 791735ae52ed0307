import NetModel

/// An edit and the moment at which it was made.
package struct PastEdit: Hashable, Sendable {
  package var edit: Edit
  package var instant: Instant

  package init(_ edit: Edit, at instant: Instant) {
    self.edit = edit
    self.instant = instant
  }
}
