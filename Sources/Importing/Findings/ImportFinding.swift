/// Something in an imported file that was not understood, left out or filled in; the rest was read all the same.
package struct ImportFinding: Hashable, Sendable {
  /// The file as it was named to the import.
  package var path: String
  /// The line, from 1; `nil` where the finding is about the file as a whole.
  package var line: Int?
  package var problem: Problem

  package init(path: String, line: Int?, problem: Problem) {
    self.path = path
    self.line = line
    self.problem = problem
  }

  package enum Problem: Hashable, Sendable {
    /// The entry was left out: `found` stands where something else must stand.
    case expected(Expectation, found: String)
    /// The entry was left out: it says what the model has no notion of.
    case notModelled(String)
    /// A table is called by a name whose number the dump does not tell; it got this one.
    case tableNumbered(String, UInt32)
    /// The dump lacks what can be told from its other files, and was filled in from them.
    case derived(Derived)
  }

  /// What must stand at a place.
  package enum Expectation: Hashable, Sendable {
    case address, prefix, macAddress
    case number(ClosedRange<Int>)
    case object, list
    case field(String)
    case word(of: [String])
    /// JSON, up to this character.
    case json(String)
    case linkLine, routeLine, ruleLine, neighborLine, sysctlLine
  }

  package enum Derived: Hashable, Sendable {
    /// No routes were given: those that the kernel makes for the addresses.
    case kernelRoutes
    /// No routes of table local were given: those that the kernel makes for the addresses.
    case localRoutes
  }
}

extension ImportFinding: CustomStringConvertible {
  /// `PATH:LINE: PROBLEM`, on one line.
  package var description: String {
    "\(path):\(line.map { "\($0):" } ?? "") \(problem)"
  }
}

extension ImportFinding.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .expected(let expectation, let found):
      "expected \(expectation), found \(ImportFinding.quoted(found))"
    case .notModelled(let what): "not modelled: \(ImportFinding.quoted(what))"
    case .tableNumbered(let name, let number):
      "the number of table \(ImportFinding.quoted(name)) is not known: \(number) is used"
    case .derived(.kernelRoutes): "no routes: those that follow from the addresses are used"
    case .derived(.localRoutes): "no routes of table local: those that follow from the addresses are used"
    }
  }
}

extension ImportFinding.Expectation: CustomStringConvertible {
  package var description: String {
    switch self {
    case .address: "an IPv4 address"
    case .prefix: "an IPv4 prefix without bits behind its length"
    case .macAddress: "a link-layer address"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .object: "an object"
    case .list: "a list"
    case .field(let name): "the field \"\(name)\""
    case .word(let words): "one of \(words.joined(separator: ", "))"
    case .json(let expected): expected
    case .linkLine: "a line of `ip addr` or `ip link`"
    case .routeLine: "a line of `ip route`"
    case .ruleLine: "a line of `ip rule`"
    case .neighborLine: "a line of `ip neigh`"
    case .sysctlLine: "KEY = VALUE"
    }
  }
}

extension ImportFinding {
  /// Text of a file in quotes: at most 40 characters, control characters made visible.
  fileprivate static func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(40).map { scalar in
      scalar.value < 0x20 || scalar.value == 0x7f ? "?" : String(scalar)
    }
    return "\"\(shown.joined())\(text.unicodeScalars.count > 40 ? "..." : "")\""
  }
}

/// What stopped the reading of one entry, and where; the file is known to the caller.
struct ReadingError: Error, Hashable {
  let line: Int
  let problem: ImportFinding.Problem

  init(_ line: Int, _ problem: ImportFinding.Problem) {
    self.line = line
    self.problem = problem
  }
}
