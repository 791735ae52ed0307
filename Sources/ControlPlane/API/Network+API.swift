import NetModel

/// The API server's verbs over whole documents, apart from any printing.
///
/// A document is an object as Kubernetes has it: `apiVersion`, `kind`, `metadata`, `spec`, `status`, with fields
/// in the order in which kubectl prints them as YAML (alphabetical).
extension Network {
  /// All resources that the cluster serves, in the order of `kubectl api-resources`.
  package var apiResources: [APIResource] { [] }

  /// The objects of a resource, in the order of namespace and name.
  ///
  /// - Parameter namespace: `nil` for all namespaces, and for resources without.
  package func apiList(_ resource: APIResource, namespace: String?, at instant: Instant) -> [JSONValue] { [] }

  /// One object.
  package func apiGet(
    _ resource: APIResource, namespace: String?, name: String, at instant: Instant
  ) throws(APIError) -> JSONValue {
    throw APIError(.notFound, "\(resource.qualifiedName) \"\(name)\" not found")
  }

  /// Checks a change without making it, and gives the object as it would be; see `Edit.changeObject`.
  package func apiDryRun(_ change: APIChange, at instant: Instant) throws(APIError) -> JSONValue {
    throw APIError(.methodNotAllowed, "not modelled here")
  }
}

/// A change that the API server is asked for.
package enum APIChange: Hashable, Sendable {
  case create(JSONValue, namespace: String)
  /// `PUT`: the document takes the place of the object that bears its name.
  case replace(JSONValue, namespace: String)
  case patch(APIResource, namespace: String?, name: String, JSONValue, PatchType, subresource: String?)
  case delete(APIResource, namespace: String?, name: String)
  /// `scale` subresource of workloads.
  case scale(APIResource, namespace: String, name: String, replicas: Int)
}

/// How a patch changes a document (RFC 7386, RFC 6902, Kubernetes strategic merge patch).
package enum PatchType: String, Hashable, Sendable, CaseIterable {
  case merge, strategic, json
}
