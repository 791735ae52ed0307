import ControlPlane
import NetModel

/// One fault of a lab file, and where it stands.
package struct LabError: Error, Hashable, Sendable {
  /// The path or the name that the lab was asked for by.
  package var file: String
  /// From 1; `nil` where the fault has no place in the file.
  package var position: Position?
  package var problem: Problem

  package init(file: String, position: Position?, problem: Problem) {
    self.file = file
    self.position = position
    self.problem = problem
  }

  /// A place in the file; both numbers from 1.
  package struct Position: Hashable, Comparable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package static func < (left: Position, right: Position) -> Bool {
      (left.line, left.column) < (right.line, right.column)
    }
  }

  /// What is wrong.
  package enum Problem: Hashable, Sendable {
    /// The text is no YAML; the parser's own words.
    case notYAML(String)
    /// The lab that the file begins with cannot be read; the system's reason.
    case unreadable(String)
    case missingKey(String)
    /// With the known key that it looks like, and all that are known there.
    case unknownKey(String, similar: String?, known: [String])
    /// The value is of another kind or does not read as what is wanted there.
    case invalidValue(String, expected: Expected)
    case unknownName(String, of: Subject, similar: String?)
    case duplicateName(String, of: Subject)
    /// Two keys of one mapping of which one must go.
    case conflictingKeys(String, String)
    /// The network refuses the edit.
    case refused(EditError)
  }

  /// What would be right.
  package enum Expected: Hashable, Sendable {
    case mapping, list, text, boolean
    case number(ClosedRange<Int>)
    case address, prefix, interfaceAddress, mac
    /// `NAMESPACE/NAME`.
    case namespacedName
    case word([String])
    /// An IPv4 or IPv6 prefix, or an address alone; bits behind the length do not matter.
    case cidr
    /// A prefix within that one.
    case part(of: IPv4Prefix)
    /// A number, or the name of a container's port.
    case portOrName
    /// A number from 0 to 255, or one of Cilium's names.
    case icmpType
  }

  /// What a name is the name of.
  package enum Subject: Hashable, Sendable {
    case wire, machine, interface, chapter, lab, service
  }
}

/// All faults of a lab file, in the order of their places; never empty.
package struct LabErrors: Error, Hashable, Sendable {
  package var errors: [LabError]

  package init(_ errors: [LabError]) {
    precondition(!errors.isEmpty, "no fault")
    self.errors = errors
  }
}
