import NetModel

/// Why a transfer did not take place.
///
/// Source: curl `include/curl/curl.h`, CURLE_*; `lib/connect.c`, `lib/multi.c`.
enum CurlFailure: Hashable, Sendable {
  case unresolved
  case resolvingTimedOut
  case refused(IPv4Address, after: Duration)
  case unreachable(IPv4Address, after: Duration)
  /// `--connect-timeout`.
  case connectTimedOut
  /// `--max-time`, while nothing had come back from the server.
  case connectionTimedOut
  /// The kernel has sent its last segment in vain.
  case kernelTimedOut(IPv4Address)
  case operationTimedOut

  /// curl's exit status.
  var status: Int32 {
    switch self {
    case .unresolved: 6
    case .refused, .unreachable: 7
    case .resolvingTimedOut, .connectTimedOut, .connectionTimedOut, .kernelTimedOut, .operationTimedOut: 28
    }
  }

  /// What curl says, `elapsed` behind the beginning.
  func text(_ target: CurlTarget, after elapsed: Duration, version: CurlVersion) -> String {
    let milliseconds = elapsed.wholeMilliseconds
    switch self {
    case .unresolved: return "Could not resolve host: \(target.host)"
    case .resolvingTimedOut: return "Resolving timed out after \(milliseconds + 2) milliseconds"
    case .refused(_, let after), .unreachable(_, let after):
      return failed(target, after: after.wholeMilliseconds, version.cannotConnect)
    case .kernelTimedOut: return failed(target, after: milliseconds, version.cannotConnect)
    case .connectTimedOut: return failed(target, after: milliseconds + 2, "Timeout was reached")
    case .connectionTimedOut: return "Connection timed out after \(milliseconds + 1) milliseconds"
    case .operationTimedOut:
      return "Operation timed out after \(milliseconds + 1) milliseconds with 0 bytes received"
    }
  }

  private func failed(_ target: CurlTarget, after milliseconds: Int64, _ reason: String) -> String {
    "Failed to connect to \(target.host) port \(target.port) after \(milliseconds) ms: \(reason)"
  }
}

/// A version such as `8.5.0`, with what changed between the lab's two.
struct CurlVersion: Hashable, Sendable {
  let text: String
  private let numbers: [Int]

  init(_ text: String) {
    self.text = text
    numbers = text.split(separator: ".").map { Int($0) ?? 0 }
  }

  /// Source: curl `lib/strerror.c`: without contractions since 8.10.
  var cannotConnect: String {
    isAtLeast(8, 10) ? "Could not connect to server" : "Couldn't connect to server"
  }

  /// Lines of `-v` that came with 8.6 and 8.8.
  var saysMore: Bool { isAtLeast(8, 8) }

  private func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
    guard numbers.count >= 2 else { return false }
    return (numbers[0], numbers[1]) >= (major, minor)
  }
}
