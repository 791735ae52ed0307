/// Why the API server refuses a request: the `Status` object that it answers with.
///
/// Source: Kubernetes `staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go`.
package struct APIError: Error, Hashable, Sendable {
  package var reason: Reason
  /// The whole sentence, in the API server's words.
  package var message: String
  /// Kind with group, and name, of the object that is refused; `nil` where no object is to blame.
  package var subject: Subject?
  /// What is wrong with the object, field by field; empty unless it is `invalid`.
  package var causes: [Cause]

  package init(_ reason: Reason, _ message: String, subject: Subject? = nil, causes: [Cause] = []) {
    self.reason = reason
    self.message = message
    self.subject = subject
    self.causes = causes
  }

  /// `details.kind` and `details.name` of the `Status`.
  package struct Subject: Hashable, Sendable {
    package var kind: String
    package var name: String

    package init(kind: String, name: String) {
      self.kind = kind
      self.name = name
    }
  }

  /// One fault of an object: `FIELD: MESSAGE` in kubectl's list.
  package struct Cause: Hashable, Sendable {
    package var field: String
    package var message: String

    package init(_ field: String, _ message: String) {
      self.field = field
      self.message = message
    }

    /// As the API server joins them.
    package var text: String { "\(field): \(message)" }
  }

  /// The `reason` of the `Status`; kubectl prints it in `Error from server (REASON): MESSAGE`.
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    case badRequest = "BadRequest"
    case notFound = "NotFound"
    case alreadyExists = "AlreadyExists"
    case conflict = "Conflict"
    case invalid = "Invalid"
    case forbidden = "Forbidden"
    case methodNotAllowed = "MethodNotAllowed"
    case unsupportedMediaType = "UnsupportedMediaType"
    case timeout = "Timeout"
  }

  /// The HTTP status code.
  package var code: Int {
    switch reason {
    case .badRequest: 400
    case .forbidden: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .alreadyExists, .conflict: 409
    case .unsupportedMediaType: 415
    case .invalid: 422
    case .timeout: 504
    }
  }
}
