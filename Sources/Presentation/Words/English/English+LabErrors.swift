import ControlPlane
import Importing

extension English {
  /// The first fault on one line, and how many more there are.
  package func error(_ error: LabErrors) -> String {
    let others = error.errors.count - 1
    return self.error(error.errors[0]) + (others > 0 ? " (and \(others) more)" : "")
  }

  /// `FILE:LINE:COLUMN: ` and the fault, on one line.
  package func error(_ error: LabError) -> String {
    let place = error.position.map { ":\($0.line):\($0.column)" } ?? ""
    return "\(visible(error.file))\(place): \(sentence(error.problem))"
  }

  private func sentence(_ problem: LabError.Problem) -> String {
    switch problem {
    case .notYAML(let message): "not YAML: \(visible(message))"
    case .unreadable(let reason): "the lab it begins with cannot be read: \(visible(reason))"
    case .missingKey(let key): "the key '\(key)' is missing"
    case .unknownKey(let key, let similar?, _): "unknown key '\(visible(key))'; did you mean '\(similar)'?"
    case .unknownKey(let key, nil, let known):
      "unknown key '\(visible(key))'; the keys here are \(known.joined(separator: ", "))"
    case .invalidValue(let value, let expected): "'\(visible(value))' is not \(phrase(expected))"
    case .unknownName(let name, let subject, let similar):
      "no \(noun(subject)) is named '\(visible(name))'"
        + (similar.map { "; did you mean '\(visible($0))'?" } ?? "")
    case .duplicateName(let name, let subject): "a second \(noun(subject)) is named '\(visible(name))'"
    case .conflictingKeys(let one, let other):
      "'\(visible(one))' and '\(visible(other))' cannot stand together"
    case .refused(let error): "the network refuses this: \(self.error(error))"
    }
  }

  private func phrase(_ expected: LabError.Expected) -> String {
    switch expected {
    case .mapping: "a mapping (key: value)"
    case .list: "a list"
    case .text: "text"
    case .boolean: "true or false"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .address: "an IPv4 address such as 192.168.10.1"
    case .prefix: "an IPv4 prefix such as 192.168.10.0/24, without bits behind the length"
    case .interfaceAddress: "an IPv4 address with its length, such as 192.168.10.1/24"
    case .mac: "a MAC address in quotes, such as \"08:00:27:64:bf:57\""
    case .namespacedName: "a name with its namespace, such as default/webpod"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    case .cidr: "an address range such as 10.0.0.0/8"
    case .part(let prefix): "a prefix within \(prefix)"
    case .portOrName: "a port from 0 to 65535 or the name of a container's port"
    case .icmpType: "an ICMP type from 0 to 255 or a name such as EchoRequest"
    }
  }

  private func noun(_ subject: LabError.Subject) -> String {
    switch subject {
    case .wire: "wire"
    case .machine: "machine"
    case .interface: "interface"
    case .chapter: "chapter"
    case .lab: "lab"
    case .service: "Service"
    }
  }
}
