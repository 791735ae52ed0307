/// A kind of object that the API server serves.
///
/// Source: Kubernetes `kubectl api-resources`.
package struct APIResource: Hashable, Sendable {
  /// Empty for the core group.
  package let group: String
  /// The version that is served first.
  package let version: String
  package let kind: String
  /// The name in paths and on kubectl's command line, such as `pods`.
  package let plural: String
  package let singular: String
  package let shortNames: [String]
  package let categories: [String]
  package let isNamespaced: Bool
  /// Older versions that are served, too.
  package let otherVersions: [String]

  package init(
    group: String = "", version: String = "v1", kind: String, plural: String, singular: String,
    shortNames: [String] = [], categories: [String] = [], isNamespaced: Bool = true,
    otherVersions: [String] = []
  ) {
    self.group = group
    self.version = version
    self.kind = kind
    self.plural = plural
    self.singular = singular
    self.shortNames = shortNames
    self.categories = categories
    self.isNamespaced = isNamespaced
    self.otherVersions = otherVersions
  }

  /// `v1` or `GROUP/VERSION`.
  package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

  /// `GROUP/VERSION`, also where the group is empty.
  package var groupAndVersion: String { "\(group)/\(version)" }

  /// The name with the group behind it, as kubectl prints it: `pods`, `deployments.apps`.
  package var qualifiedName: String { group.isEmpty ? plural : "\(plural).\(group)" }

  /// True for the resource's own `apiVersion` and for older ones that are served.
  package func serves(_ apiVersion: String) -> Bool {
    apiVersion == self.apiVersion || otherVersions.contains { apiVersion == "\(group)/\($0)" }
  }
}
