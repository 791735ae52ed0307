import NetModel

/// What a manifest says that cannot be, and where.
package struct ManifestFault: Error, Hashable, Sendable {
  /// From the manifest's root.
  package var path: [ManifestStep]
  /// The fault is in the name of the last step's member, not in its value.
  package var isInName: Bool
  package var problem: Problem

  /// What is wrong.
  package enum Problem: Hashable, Sendable {
    case missingKey(String)
    /// With the known key that it looks like, and all that are known there.
    case unknownKey(String, similar: String?, known: [String])
    /// The value is of another kind or does not read as what is wanted there.
    case invalidValue(String, expected: Expected)
    /// Two keys of one mapping of which one must go.
    case conflictingKeys(String, String)
  }

  /// What would be right.
  package enum Expected: Hashable, Sendable {
    case mapping, list, text, boolean
    case number(ClosedRange<Int>)
    case address
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
}
