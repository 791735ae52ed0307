import ControlPlane
import NetModel

/// Why kubectl does not do what it was told.
///
/// Source: kubectl `pkg/cmd/util/helpers.go` (`checkErr`, `StandardErrorMessage`).
enum KubectlError: Error, Hashable, Sendable {
  /// The API server's answer; `doing` is what kubectl was about, such as `creating "STDIN"`.
  case server(APIError, doing: String? = nil)
  /// `error: MESSAGE`
  case client(String)
  /// The text as it stands.
  case plain(String)
  /// The command line does not fit the command.
  case usage(String, command: String)
  case notModelled(String)
  /// A program in a container ended with that status.
  case remote(status: Int32)

  var status: Int32 {
    switch self {
    case .notModelled: 127
    case .remote(let status): status
    case .server, .client, .plain, .usage: 1
    }
  }

  /// All errors of one command, on standard error.
  static func text(of errors: [KubectlError]) -> String {
    guard let first = errors.first else { return "" }
    if errors.count == 1 { return first.text }
    return errors.map { $0.message + "\n" }.joined()
  }

  private var text: String {
    switch self {
    case .server(let error, _) where error.reason == .invalid: Self.invalid(error)
    case .usage(let text, let command): "error: \(text)\nSee 'kubectl \(command) --help' for usage.\n"
    default: message.isEmpty ? "" : message + "\n"
    }
  }

  private var message: String {
    switch self {
    case .server(let error, let doing):
      "Error from server (\(error.reason.rawValue)): "
        + (doing.map { "error when \($0): " } ?? "") + error.message
    case .client(let text): "error: \(text)"
    case .plain(let text): text
    case .usage(let text, _): "error: \(text)"
    case .notModelled(let what): "kubectl: \(what): not modelled here"
    case .remote(let status): "command terminated with exit code \(status)"
    }
  }

  private static func invalid(_ error: APIError) -> String {
    guard let subject = error.subject else { return "The request is invalid: \(error.message)\n" }
    let beginning = "The \(subject.kind) \(JSONValue.quoted(subject.name)) is invalid"
    var causes: [String] = []
    for cause in error.causes where !causes.contains(cause.text) { causes.append(cause.text) }
    switch causes.count {
    case 0: return beginning + "\n"
    case 1: return "\(beginning): \(causes[0])\n"
    default: return beginning + ": \n" + causes.map { "* \($0)\n" }.joined()
    }
  }
}
