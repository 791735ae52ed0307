import NetModel

extension DNSMessage.RecordType {
  /// The type that a user names, in any case; `nil` for those that are not modelled.
  init?(word: String) {
    let named = Self.allCases.first { $0.name == word.uppercased() }
    guard let named, named == .a || named == .aaaa || named == .ptr else { return nil }
    self = named
  }
}
