import Console
import Synchronization

/// The files of a client's that the lab has fetched for one command, and the one that it lacks.
final class UserFiles: Sendable {
  private let state = Mutex(State())

  private struct State: Sendable {
    var contents: [String: Result<[UInt8], FileError>] = [:]
    var missing: String?
  }

  /// The bytes of a file; one that was not fetched yet is noted as missing.
  func read(_ path: String) throws(FileError) -> [UInt8] {
    let known: Result<[UInt8], FileError>? = state.withLock { state in
      if state.contents[path] == nil, state.missing == nil { state.missing = path }
      return state.contents[path]
    }
    guard let known else { throw FileError(reason: "not fetched") }
    return try known.get()
  }

  /// The first file that was asked for and is not there.
  var missing: String? { state.withLock(\.missing) }

  /// Keeps what the client has read, or why it could not, for the missing file.
  func add(_ content: Result<[UInt8], FileError>) {
    state.withLock { state in
      guard let path = state.missing else { return }
      state.contents[path] = content
      state.missing = nil
    }
  }
}
