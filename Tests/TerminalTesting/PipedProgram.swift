import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program without a terminal that is typed to while it runs, the leader of a session of its own.
///
/// Both output streams go to one place, as they do in a terminal.
package final class PipedProgram {
  package let processID: pid_t
  private let folder: URL
  private let input: FileHandle
  private let output: FileHandle
  private var ending: Ending?

  /// Starts `program` with exactly this environment.
  package init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "piped-\(UUID().uuidString)")
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let names = ["input", "output"].map { folder.appendingPathComponent($0) }
    guard mkfifo(names[0].path, 0o600) == 0 else { throw BuiltProgram.Missing(what: "a pipe") }
    try Data().write(to: names[1])
    input = try FileHandle(forUpdating: names[0])
    output = try FileHandle(forReadingFrom: names[1])
    processID = try spawn(
      program, arguments, environment, input: names[0].path, output: names[1].path, error: names[1].path)
  }

  deinit {
    if ending == nil {
      kill(-processID, SIGKILL)
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
    try? FileManager.default.removeItem(at: folder)
  }

  package func type(_ text: String) throws {
    try input.write(contentsOf: Data(text.utf8))
  }

  /// Everything that was written and not read yet, up to `marker`, which is read too.
  package func output(upTo marker: String) throws -> String {
    var text = Data()
    let end = Data(marker.utf8)
    return try poll(for: marker, lastSeen: { String(decoding: text, as: UTF8.self) }) {
      text += try output.readToEnd() ?? Data()
      guard let range = text.range(of: end) else { return nil }
      return String(decoding: text[..<range.lowerBound], as: UTF8.self)
    }
  }

  /// Signals the program and all that it started in its group.
  package func signalGroup(_ number: Int32) {
    kill(-processID, number)
  }

  /// Signals the program alone.
  package func signal(_ number: Int32) {
    kill(processID, number)
  }

  /// Waits for the end; everything that was written and not read yet.
  package func outputToEnd() throws -> (ending: Ending, output: String) {
    let found = try poll(for: "end of the program") { Ending(ofEnded: processID) }
    ending = found
    return (found, String(decoding: try output.readToEnd() ?? Data(), as: UTF8.self))
  }
}
