import ControlPlane

extension LabErrors: CustomStringConvertible {
  /// The first fault, on one line.
  package var description: String { errors[0].description }
}

extension LabError: CustomStringConvertible {
  /// `FILE:LINE:COLUMN: ` and the fault, on one line.
  package var description: String {
    let place = position.map { ":\($0.line):\($0.column)" } ?? ""
    return "\(file)\(place): \(problem)"
  }
}

extension LabError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notYAML(let message): "not YAML: \(message)"
    case .missingKey(let key): "key '\(key)' is missing"
    case .unknownKey(let key, let similar, let known):
      "unknown key '\(key)'; " + LabError.advice(similar, otherwise: "keys here are \(LabError.list(known))")
    case .invalidValue(let value, let expected): "'\(value)' is not \(expected)"
    case .unknownName(let name, let subject, let similar):
      "no \(subject.rawValue) is named '\(name)'" + (similar.map { "; did you mean '\($0)'?" } ?? "")
    case .duplicateName(let name, let subject): "a second \(subject.rawValue) is named '\(name)'"
    case .refused(let error): "the network refuses this edit: \(error)"
    }
  }
}

extension LabError.Expected: CustomStringConvertible {
  package var description: String {
    switch self {
    case .mapping: "a mapping (key: value)"
    case .list: "a list"
    case .text: "text"
    case .boolean: "true or false"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .address: "an IPv4 address such as 192.168.10.1"
    case .prefix: "an IPv4 prefix such as 192.168.10.0/24 (no bits behind the length)"
    case .interfaceAddress: "an IPv4 address with its length, such as 192.168.10.1/24"
    case .mac: "a MAC address in quotes, such as \"08:00:27:64:bf:57\""
    case .namespacedName: "a name with its namespace, such as default/webpod"
    case .word(let words): "one of \(LabError.list(words))"
    }
  }
}

extension LabError {
  fileprivate static func advice(_ similar: String?, otherwise: String) -> String {
    similar.map { "did you mean '\($0)'?" } ?? otherwise
  }

  fileprivate static func list(_ words: [String]) -> String {
    words.joined(separator: ", ")
  }
}
