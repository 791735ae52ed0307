import NetModel

/// Source: Kubernetes `pkg/apis/discovery/validation/validation.go`.
enum EndpointSliceRules {
  static func causes(_ slice: JSONValue) -> [APIError.Cause] {
    let type = slice["addressType"]?.text ?? ""
    var causes: [APIError.Cause] = type.isEmpty ? [.init("addressType", "Required value")] : []
    for (index, endpoint) in (slice["endpoints"]?.elements ?? []).enumerated() {
      let addresses = endpoint["addresses"]?.elements ?? []
      if addresses.isEmpty {
        causes.append(
          .init("endpoints[\(index)].addresses", "Required value: must contain at least 1 address"))
      }
      for (number, address) in addresses.enumerated() {
        let text = address.text ?? ""
        let isValid =
          switch type {
          case "IPv4": IPv4Address(parsing: text) != nil
          case "IPv6": IPv6Address(parsing: text) != nil
          default: true
          }
        guard !isValid else { continue }
        let message =
          type == "IPv4" ? "must be a valid IPv4 address" : "must be a valid IPv6 address"
        causes.append(
          .init(
            "endpoints[\(index)].addresses[\(number)]", "Invalid value: \(JSONValue.quoted(text)): \(message)"
          ))
      }
    }
    for (index, port) in (slice["ports"]?.elements ?? []).enumerated() {
      let name = port["name"]?.text ?? ""
      if !name.isEmpty, let fault = ObjectNames.labelFault(name) {
        causes.append(.init("ports[\(index)].name", "Invalid value: \(JSONValue.quoted(name)): \(fault)"))
      }
    }
    return causes
  }
}
