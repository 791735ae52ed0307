import NetModel

/// The names that the API server lets objects and labels bear.
///
/// Source: `apimachinery/pkg/util/validation/validation.go`.
enum ObjectNames {
  static func causes(of request: APIRequest) -> [APIError.Cause] {
    let name = request.id.name
    var causes: [APIError.Cause] = []
    if name.isEmpty {
      causes.append(.init("metadata.name", "Required value: name or generateName is required"))
    } else if let message = fault(of: name, kind: request.resource.kind) {
      causes.append(.init("metadata.name", "Invalid value: \(JSONValue.quoted(name)): \(message)"))
    }
    return causes + labelCauses(of: request.manifest["metadata"]?["labels"], path: "metadata.labels")
      + annotationCauses(of: request.manifest["metadata"]?["annotations"])
  }

  private static func fault(of name: String, kind: String) -> String? {
    switch kind {
    case "Service":
      isLabel(name, startsWithLetter: true)
        ? tooLong(name, 63)
        : "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, "
          + "and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is "
          + "'[a-z]([-a-z0-9]*[a-z0-9])?')"
    case "Namespace": labelFault(name)
    default: subdomainFault(name)
    }
  }

  private static func tooLong(_ name: String, _ limit: Int) -> String? {
    name.utf8.count > limit ? "must be no more than \(limit) bytes" : nil
  }

  static func isLabel(_ text: some StringProtocol, startsWithLetter: Bool) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last else { return false }
    return (startsWithLetter ? first.isLowercaseLetter : first.isLowercaseLetter || first.isDigit)
      && last != UInt8(ascii: "-")
      && bytes.allSatisfy { $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
  }

  static func labelCauses(of labels: JSONValue?, path: String) -> [APIError.Cause] {
    (labels?.members ?? []).flatMap { member -> [APIError.Cause] in
      let value = member.value.text ?? ""
      var causes: [APIError.Cause] = []
      if let message = qualifiedNameFault(member.name) {
        causes.append(.init(path, "Invalid value: \(JSONValue.quoted(member.name)): \(message)"))
      }
      if !value.isEmpty, value.utf8.count > 63 || !isQualifiedPart(value) {
        let message =
          value.utf8.count > 63
          ? "must be no more than 63 bytes"
          : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and "
            + "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
            + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
        causes.append(.init(path, "Invalid value: \(JSONValue.quoted(value)): \(message)"))
      }
      return causes
    }
  }

  private static func annotationCauses(of annotations: JSONValue?) -> [APIError.Cause] {
    (annotations?.members ?? []).compactMap { member in
      qualifiedNameFault(member.name.lowercased()).map {
        .init("metadata.annotations", "Invalid value: \(JSONValue.quoted(member.name)): \($0)")
      }
    }
  }

  /// Source: `IsQualifiedName`.
  private static func qualifiedNameFault(_ key: String) -> String? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last ?? ""
    let form =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
      + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
      + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
    if parts.count > 2 {
      return
        "a qualified name \(form) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
    }
    if parts.count == 2 {
      if parts[0].isEmpty { return "prefix part must be non-empty" }
      if let fault = subdomainFault(parts[0]) { return "prefix part \(fault)" }
    }
    if name.isEmpty { return "name part must be non-empty" }
    if name.utf8.count > 63 { return "name part must be no more than 63 bytes" }
    return isQualifiedPart(name) ? nil : "name part \(form)"
  }

  /// What is wrong with a port's name; Source: `IsValidPortName`.
  static func portNameFault(_ name: String) -> String? {
    let bytes = Array(name.utf8)
    let hyphen = UInt8(ascii: "-")
    if bytes.count > 15 { return "must be no more than 15 bytes" }
    if !bytes.allSatisfy({ $0.isLowercaseLetter || $0.isDigit || $0 == hyphen }) {
      return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"
    }
    if !bytes.contains(where: \.isLowercaseLetter) { return "must contain at least one letter (a-z)" }
    if name.contains("--") { return "must not contain consecutive hyphens" }
    return bytes.first == hyphen || bytes.last == hyphen ? "must not begin or end with a hyphen" : nil
  }

  /// What is wrong with a name of the DNS's; Source: `IsDNS1123Subdomain`.
  static func subdomainFault(_ name: some StringProtocol) -> String? {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard !labels.allSatisfy({ isLabel($0, startsWithLetter: false) }) else {
      return tooLong(String(name), 253)
    }
    return
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
      + "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
      + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
  }

  /// What is wrong with one label of such a name; Source: `IsDNS1123Label`.
  static func labelFault(_ name: String) -> String? {
    guard !isLabel(name, startsWithLetter: false) else { return tooLong(name, 63) }
    return
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end "
      + "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
      + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
  }

  private static func isQualifiedPart(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last else { return false }
    return first.isAlphanumeric && last.isAlphanumeric
      && bytes.allSatisfy { $0.isAlphanumeric || "-_.".utf8.contains($0) }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isLowercaseLetter: Bool { (0x61...0x7a).contains(self) }
  fileprivate var isAlphanumeric: Bool { isDigit || isLowercaseLetter || (0x41...0x5a).contains(self) }
}
