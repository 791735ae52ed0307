/// A flag that a Go tool's command declares.
///
/// Source: github.com/spf13/pflag.
package struct Flag: Hashable, Sendable {
  /// Without dashes, such as `namespace`.
  package let name: String
  package let shorthand: Character?
  package let kind: Kind
  /// The lab acts on it; the others are read and then refused as not modelled.
  package let isModelled: Bool

  package enum Kind: Hashable, Sendable {
    case bool
    case text
    /// May be given several times; each value may hold several, apart by commas.
    case texts
    case number
    /// What it means where no `=VALUE` follows.
    case optionalText(String)
  }

  package init(_ name: String, _ shorthand: Character? = nil, _ kind: Kind, isModelled: Bool = true) {
    self.name = name
    self.shorthand = shorthand
    self.kind = kind
    self.isModelled = isModelled
  }

  /// A real flag of the tool on which the lab does not act.
  package static func unmodelled(_ name: String, _ shorthand: Character? = nil, _ kind: Kind) -> Flag {
    Flag(name, shorthand, kind, isModelled: false)
  }

  /// As errors name it: `--name`, or `-n, --name`.
  var display: String {
    guard let shorthand else { return "--\(name)" }
    return "-\(shorthand), --\(name)"
  }

  /// What the flag means without a value; `nil` where the next word is its value.
  var defaultWithoutValue: String? {
    switch kind {
    case .bool: "true"
    case .optionalText(let text): text
    case .text, .texts, .number: nil
    }
  }
}
