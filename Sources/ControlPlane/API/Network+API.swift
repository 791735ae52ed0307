import NetModel

/// The API server's verbs over whole documents, apart from any printing.
///
/// A document is an object as Kubernetes has it: `apiVersion`, `kind`, `metadata`, `spec`, `status`, with fields
/// in the order in which kubectl prints them as YAML (alphabetical). Changes go through `Edit.changeObject`.
extension Network {
  /// All resources that the cluster serves, in the order of `kubectl api-resources`; none without a cluster.
  package var apiResources: [APIResource] { cluster == nil ? [] : APIResource.all }

  /// The objects of a resource, in the order of namespace and name.
  ///
  /// - Parameter namespace: `nil` for all namespaces, and for resources without.
  package func apiList(_ resource: APIResource, namespace: String?, at instant: Instant) -> [JSONValue] {
    DocumentWriter(self, at: instant)?
      .documents(of: resource.kind, namespace: resource.isNamespaced ? namespace : nil) ?? []
  }

  /// One object.
  ///
  /// - Throws: `notFound`.
  package func apiGet(
    _ resource: APIResource, namespace: String?, name: String, at instant: Instant
  ) throws(APIError) -> JSONValue {
    let id = DocumentID(
      kind: resource.kind, namespace: resource.isNamespaced ? namespace ?? "default" : "", name: name)
    guard let document = DocumentWriter(self, at: instant)?.document(id) else {
      throw .notFound(resource, name)
    }
    return document
  }

  /// Checks a change without making it, and gives the object as it would be; see `Edit.changeObject`.
  ///
  /// For a deletion, the object as it is.
  package func apiDryRun(_ change: APIChange, at instant: Instant) throws(APIError) -> JSONValue {
    var changed = self
    return try changed.apply(change, at: instant)
  }

  /// Makes a change, and gives the object as it is then; of a deletion, as it was before.
  ///
  /// - Throws: why the API server refuses it; the network stays as it was.
  package mutating func apply(_ change: APIChange, at instant: Instant) throws(APIError) -> JSONValue {
    let (resource, namespace, name) = try target(of: change, at: instant)
    let before: JSONValue? =
      if case .delete = change {
        try apiGet(resource, namespace: namespace, name: name, at: instant)
      } else { nil }
    do {
      try apply(.changeObject(change), at: instant)
    } catch {
      if case .api(let refusal) = error { throw refusal }
      throw APIError(.badRequest, "\(error)")
    }
    if let before { return before }
    return try apiGet(resource, namespace: namespace, name: name, at: instant)
  }

  /// The object that a change is about.
  private func target(
    of change: APIChange, at instant: Instant
  ) throws(APIError) -> (APIResource, namespace: String?, name: String) {
    switch change {
    case .create(let document, let namespace):
      let request = try APIRequest(document, namespace: namespace)
      let name = generatedName(for: request) ?? request.id.name
      return (request.resource, request.id.namespace, name)
    case .replace(let document, let namespace):
      let request = try APIRequest(document, namespace: namespace)
      return (request.resource, request.id.namespace, request.id.name)
    case .patch(let resource, let namespace, let name, _, _, _): return (resource, namespace, name)
    case .delete(let resource, let namespace, let name, _): return (resource, namespace, name)
    case .scale(let resource, let namespace, let name, _): return (resource, namespace, name)
    }
  }
}

/// A change that the API server is asked for.
package enum APIChange: Hashable, Sendable {
  case create(JSONValue, namespace: String)
  /// `PUT`: the document takes the place of the object that bears its name.
  case replace(JSONValue, namespace: String)
  case patch(APIResource, namespace: String?, name: String, JSONValue, PatchType, subresource: String?)
  /// A pod may take `graceSeconds` to end; `nil` for its own.
  case delete(APIResource, namespace: String?, name: String, graceSeconds: Int? = nil)
  /// `scale` subresource of workloads.
  case scale(APIResource, namespace: String, name: String, replicas: Int)
}

/// How a patch changes a document (RFC 7386, RFC 6902, Kubernetes strategic merge patch).
package enum PatchType: String, Hashable, Sendable, CaseIterable {
  case merge, strategic, json
}
