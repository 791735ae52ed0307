import NetModel

extension Network {
  /// The request with what the API server fills in and without what it drops.
  ///
  /// - Parameter isStrict: unknown fields are refused (`fieldValidation=Strict`), not dropped.
  /// - Throws: what the API server finds wrong with the document.
  func admitted(
    _ request: APIRequest, replacing current: JSONValue?, isStrict: Bool
  ) throws(APIError) -> APIRequest {
    let findings = Schema.all.findings(
      in: request.manifest, kind: request.resource.kind, isCustom: request.resource.isCustom)
    if let mismatch = findings.mismatch { throw .undecodable(request, mismatch) }
    if isStrict, !findings.unknownFields.isEmpty {
      let fields = findings.unknownFields.map { "unknown field \(JSONValue.quoted($0))" }
      throw .undecodable(request, "strict decoding error: " + fields.joined(separator: ", "))
    }
    var admitted = request
    admitted.manifest = Schema.all.admitted(request.manifest, type: request.resource.kind, drops: true)
    var causes = ObjectNames.causes(of: admitted)
    causes += admitted.resource.isCustom ? findings.causes : []
    causes += ObjectRules.causes(of: admitted, replacing: current, in: self)
    if !admitted.resource.isCustom {
      causes += findings.causes.filter { cause in !causes.contains { $0.field == cause.field } }
    }
    guard causes.isEmpty else { throw .invalid(admitted.resource, admitted.id.name, causes) }
    try cluster?.reviewForMetalLB(admitted)
    return admitted
  }

  /// What the API server warns of when it makes a change: fields of a patch that nobody knows.
  package func apiWarnings(_ change: APIChange, at instant: Instant) -> [String] {
    guard case .patch(let resource, let namespace, let name, let patch, let type, _) = change,
      let current = try? apiGet(resource, namespace: namespace, name: name, at: instant),
      let patched = try? current.patched(with: patch, type, resource: resource)
    else { return [] }
    let findings = Schema.all.findings(in: patched, kind: resource.kind, isCustom: resource.isCustom)
    return findings.unknownFields.map { "unknown field \(JSONValue.quoted($0))" }
  }
}

extension APIResource {
  /// Defined by a CustomResourceDefinition: the API server tells its faults in words of its own.
  var isCustom: Bool { ["cilium.io", "metallb.io"].contains(group) }
}

extension JSONValue {
  /// What the author of an object can change.
  var essence: JSONValue {
    var document = setting(["status"], to: nil)
    for name in ["resourceVersion", "generation"] {
      document = document.setting(["metadata", name], to: nil)
    }
    return document
  }
}

extension APIError {
  /// Source: `apiserver/pkg/endpoints/handlers/create.go`, `transformDecodeError`.
  static func undecodable(_ request: APIRequest, _ problem: String) -> APIError {
    let kind = request.resource.kind
    let version = request.manifest["apiVersion"]?.text?.split(separator: "/").last ?? ""
    return APIError(
      .badRequest, "\(kind) in version \"\(version)\" cannot be handled as a \(kind): \(problem)")
  }

  /// A document that says something that cannot be, behind all that its schema allows.
  static func invalid(_ request: APIRequest, _ fault: ManifestFault) -> APIError {
    let path = fault.path.text
    if case .invalidValue(let value, expected: .word) = fault.problem, !request.resource.isCustom {
      return APIError(.methodNotAllowed, "\(path) \(JSONValue.quoted(value)): not modelled here")
    }
    let cause =
      switch fault.problem {
      case .missingKey(let key): Cause(path.isEmpty ? key : "\(path).\(key)", "Required value")
      case .unknownKey: Cause(path, "Forbidden: unknown field")
      case .invalidValue(let value, _): Cause(path, "Invalid value: \(JSONValue.quoted(value))")
      case .conflictingKeys(let first, let second):
        Cause(path, "Forbidden: may not specify both \(first) and \(second)")
      }
    return .invalid(request.resource, request.id.name, [cause])
  }
}

extension [ManifestStep] {
  /// As the API server writes paths: `spec.ports[0].port`.
  fileprivate var text: String {
    var text = ""
    for step in self {
      switch step {
      case .member(let name): text += text.isEmpty ? name : "." + name
      case .element(let index): text += "[\(index)]"
      }
    }
    return text
  }
}
