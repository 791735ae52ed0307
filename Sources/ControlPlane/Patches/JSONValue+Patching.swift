import NetModel

extension JSONValue {
  /// The document after a patch.
  ///
  /// - Throws: `unsupportedMediaType` for a strategic patch of a custom resource, `invalid` for a JSON patch that
  ///   does not fit.
  func patched(
    with patch: JSONValue, _ type: PatchType, resource: APIResource
  ) throws(APIError) -> JSONValue {
    switch type {
    case .merge: return merging(patch)
    case .strategic:
      guard !resource.isCustom else { throw .unknownFormat }
      return StrategicMerge(schema: .all).merge(self, patch, type: resource.kind)
    case .json: return try JSONPatch(patch).applied(to: self)
    }
  }

  /// The value after a merge patch.
  ///
  /// Source: RFC 7386.
  package func merging(_ patch: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    var result = JSONValue.object(members)
    for change in changes {
      result[change.name] =
        change.value == .null ? nil : (result[change.name] ?? .null).merging(change.value)
    }
    return result
  }
}

extension APIError {
  /// Source: `apiserver/pkg/endpoints/handlers/negotiation/errors.go`, `NewUnsupportedMediaTypeError`.
  static let unknownFormat = APIError(
    .unsupportedMediaType,
    "the body of the request was in an unknown format - accepted media types include: "
      + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml")

  /// Source: `apiserver/pkg/endpoints/handlers/patch.go`, `applyJSPatch`.
  static let unfitPatch = APIError(
    .invalid, "the server rejected our request due to an error in our request")
}
