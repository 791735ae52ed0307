/// A part of a JSONPath template.
///
/// Source: k8s.io/client-go `util/jsonpath/node.go`.
indirect enum JSONPathNode: Hashable, Sendable {
  /// Text between the braces' pairs, or quoted inside one.
  case text(String)
  /// What stands inside one pair of braces: each node works on what the one before has found.
  case list([JSONPathNode])
  case field(String)
  case array(Slice)
  case filter(left: [JSONPathNode], comparison: String, right: [JSONPathNode])
  /// The elements that have what `path` asks for.
  case existence([JSONPathNode])
  case integer(Int)
  case decimal(Double)
  case bool(Bool)
  case wildcard
  case recursive
  case union([[JSONPathNode]])
  /// `range`, `end`, or a word that means nothing.
  case identifier(String)

  /// `[FROM:TO:STEP]`, `[INDEX]`, `[*]`.
  struct Slice: Hashable, Sendable {
    var from: Int?
    var to: Int?
    var step: Int?
    /// `to` was made of a lone index.
    var isIndex = false
  }
}

/// Why a JSONPath template cannot be read, or not be evaluated on a document.
struct JSONPathError: Error, Hashable, Sendable {
  /// client-go's own sentence.
  var message: String

  init(_ message: String) {
    self.message = message
  }
}
