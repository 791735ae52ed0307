import NetModel

/// A document that a client sends, with the resource that it belongs to.
struct APIRequest {
  var resource: APIResource
  /// The name is empty where the server is to make one.
  var id: DocumentID
  /// Without status.
  var manifest: JSONValue
  var status: JSONValue?
  var labels: Labels
  /// The version that an update expects to replace; `nil` for any.
  var expectedVersion: String?

  /// - Parameter namespace: that of the request's path, for documents that name none.
  init(_ document: JSONValue, namespace: String) throws(APIError) {
    let kind = document["kind"]?.text ?? ""
    let apiVersion = document["apiVersion"]?.text ?? ""
    guard !kind.isEmpty else {
      throw APIError(.badRequest, "Object 'Kind' is missing in '\(document)'")
    }
    guard let resource = APIResource.of(apiVersion: apiVersion, kind: kind) else {
      throw APIError(.notFound, "the server could not find the requested resource")
    }
    self.resource = resource
    let metadata = document["metadata"] ?? .object([])
    let home = try APIRequest.home(of: metadata, resource, namespace: namespace)
    id = DocumentID(kind: kind, namespace: home, name: metadata["name"]?.text ?? "")
    labels = Labels(document: metadata["labels"])
    expectedVersion = metadata["resourceVersion"]?.text
    status = document["status"].flatMap { $0.members.isEmpty ? nil : $0.withoutNulls }
    manifest = document.withoutNulls.setting(["status"], to: nil)
    for name in ["uid", "resourceVersion", "generation", "managedFields", "selfLink"] {
      manifest = manifest.setting(["metadata", name], to: nil)
    }
    if resource.isNamespaced { manifest = manifest.setting(["metadata", "namespace"], to: .string(home)) }
  }
}

extension APIRequest {
  private static func home(
    of metadata: JSONValue, _ resource: APIResource, namespace: String
  ) throws(APIError) -> String {
    guard resource.isNamespaced else { return "" }
    let named = metadata["namespace"]?.text ?? ""
    guard named.isEmpty || named == namespace || namespace.isEmpty else {
      throw APIError(
        .badRequest, "the namespace of the provided object does not match the namespace sent on the request")
    }
    guard named.isEmpty else { return named }
    return namespace.isEmpty ? "default" : namespace
  }
}

extension APIError {
  static func notFound(_ resource: APIResource, _ name: String) -> APIError {
    APIError(
      .notFound, "\(resource.qualifiedName) \"\(name)\" not found",
      subject: Subject(kind: resource.qualifiedName, name: name))
  }

  static func alreadyExists(_ resource: APIResource, _ name: String) -> APIError {
    APIError(
      .alreadyExists, "\(resource.qualifiedName) \"\(name)\" already exists",
      subject: Subject(kind: resource.qualifiedName, name: name))
  }

  /// Source: `apimachinery/pkg/api/errors/errors.go`, `NewConflict`; `apiserver/pkg/registry/generic/registry/store.go`.
  static func modified(_ resource: APIResource, _ name: String) -> APIError {
    APIError(
      .conflict,
      "Operation cannot be fulfilled on \(resource.qualifiedName) \"\(name)\": "
        + "the object has been modified; please apply your changes to the latest version and try again",
      subject: Subject(kind: resource.qualifiedName, name: name))
  }

  /// Source: `apimachinery/pkg/api/errors/errors.go`, `NewInvalid`.
  static func invalid(_ resource: APIResource, _ name: String, _ causes: [Cause]) -> APIError {
    let kind = resource.group.isEmpty ? resource.kind : "\(resource.kind).\(resource.group)"
    var texts: [String] = []
    for cause in causes where !texts.contains(cause.text) { texts.append(cause.text) }
    let list = texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
    return APIError(
      .invalid, "\(kind) \"\(name)\" is invalid: \(list)",
      subject: Subject(kind: resource.kind, name: name), causes: causes)
  }
}
