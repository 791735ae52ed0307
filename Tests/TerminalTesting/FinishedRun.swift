import Foundation

/// What a program without a terminal printed, and how it ended.
package struct FinishedRun {
  package let ending: Ending
  package let output: String
  package let error: String

  /// Runs a program to its end, with exactly this environment, unless that has one a temporary folder of its own, and
  /// nothing to read.
  ///
  /// - Throws: `TimedOut` where it does not end; it is killed then.
  package init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "run-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["output", "error"].map { folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    let processID = try spawn(
      program, arguments, ["TMPDIR": folder.path].merging(environment) { $1 }, input: "/dev/null",
      output: files[0].path, error: files[1].path)
    do {
      ending = try poll(for: "end of \(program)") { Ending(ofEnded: processID) }
    } catch {
      kill(processID, SIGKILL)
      throw error
    }
    output = String(decoding: try Data(contentsOf: files[0]), as: UTF8.self)
    error = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
  }
}
