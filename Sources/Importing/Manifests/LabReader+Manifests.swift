import ControlPlane
import NetModel
import YAML

extension LabReader {
  /// Reads a manifest in a lab file; its faults are told with their places in the file.
  mutating func manifest(_ node: Node) -> ManifestReader.Manifest? {
    var reader = ManifestReader()
    let manifest = reader.manifest(JSONValue(node: node))
    for fault in reader.faults {
      report(LabError.Problem(fault.problem), at: node.node(at: fault.path, isName: fault.isInName))
    }
    return manifest
  }
}

extension Node {
  /// The node that a path leads to, or the last on its way; the name of a member where `isName` says so.
  fileprivate func node(at path: [ManifestStep], isName: Bool) -> Node {
    guard let step = path.first else { return self }
    switch (step, self) {
    case (.member(let name), .mapping(let mapping)):
      guard let pair = mapping.first(where: { $0.key.string == name }) else { return self }
      if path.count == 1, isName { return pair.key }
      return pair.value.node(at: Array(path.dropFirst()), isName: isName)
    case (.element(let position), .sequence(let sequence)):
      guard sequence.indices.contains(position) else { return self }
      return sequence[position].node(at: Array(path.dropFirst()), isName: isName)
    default: return self
    }
  }
}

extension LabError.Problem {
  fileprivate init(_ problem: ManifestFault.Problem) {
    switch problem {
    case .missingKey(let key): self = .missingKey(key)
    case .unknownKey(let key, let similar, let known): self = .unknownKey(key, similar: similar, known: known)
    case .invalidValue(let value, let expected):
      self = .invalidValue(value, expected: LabError.Expected(expected))
    case .conflictingKeys(let first, let second): self = .conflictingKeys(first, second)
    }
  }
}

extension LabError.Expected {
  fileprivate init(_ expected: ManifestFault.Expected) {
    switch expected {
    case .mapping: self = .mapping
    case .list: self = .list
    case .text: self = .text
    case .boolean: self = .boolean
    case .number(let range): self = .number(range)
    case .address: self = .address
    case .word(let words): self = .word(words)
    case .cidr: self = .cidr
    case .part(let prefix): self = .part(of: prefix)
    case .portOrName: self = .portOrName
    case .icmpType: self = .icmpType
    }
  }
}
