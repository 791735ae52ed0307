/// Why a text is no YAML that can be read.
package struct YAMLError: Error, Hashable, Sendable {
  /// Where; `nil` where the text as a whole is at fault.
  package var mark: Node.Mark?
  package var problem: Problem

  package enum Problem: Hashable, Sendable {
    /// What libyaml says, in English.
    case syntax(String)
    case duplicateKey(String)
    case unknownAnchor(String)
    /// Nodes within nodes beyond `YAML.deepest`.
    case tooDeep
    /// Aliases make more than `YAML.mostNodes` nodes.
    case tooManyNodes
    /// A second document where one was expected.
    case severalDocuments
  }
}
