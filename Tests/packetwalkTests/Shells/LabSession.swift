import Foundation
import TerminalTesting

/// A lab and the shells that are open on its hosts.
struct LabSession {
  private let program: String
  private let environment: [String: String]
  private let folder: URL
  private let lab: PipedProgram
  private var shells: [String: PipedProgram] = [:]
  private var started: [String: PipedProgram] = [:]
  private var count = 0

  var socket: String { folder.appendingPathComponent("lab.sock").path }

  init(chapter: String, options: [String] = []) throws {
    program = try BuiltProgram.path(of: "packetwalk")
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lab-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8",
      "TMPDIR": folder.path, "HOME": folder.path,
    ]
    let socket = folder.appendingPathComponent("lab.sock").path
    lab = try PipedProgram(
      program, ["lab", "--chapter", chapter, "--socket", socket] + options, environment: environment)
    _ = try poll(for: socket) { FileManager.default.fileExists(atPath: socket) ? true : nil }
  }

  /// What the step printed; `nil` where it only starts something.
  mutating func play(_ step: Transcript.Step) throws -> String? {
    switch step.action {
    case .run(let command): return try run(command, on: step.host)
    case .start(let command):
      let shell = try openShell(on: step.host)
      try shell.type("exec \(command)\n")
      started[step.host] = shell
      Thread.sleep(forTimeInterval: 1)
      return nil
    case .stop:
      guard let shell = started.removeValue(forKey: step.host) else { return "" }
      Thread.sleep(forTimeInterval: 1)
      shell.signalGroup(SIGINT)
      return try shell.outputToEnd().output
    }
  }

  /// Types a command into the host's shell; what it printed.
  mutating func run(_ command: String, on host: String) throws -> String {
    let shell = try shells[host] ?? openShell(on: host)
    shells[host] = shell
    count += 1
    try shell.type("{ \(command)\n} </dev/null\nprintf '%s\\n' '@@end-'\(count)'@@'\n")
    return try shell.output(upTo: "@@end-\(count)@@\n")
  }

  /// A further shell of the host.
  func openShell(on host: String) throws -> PipedProgram {
    try PipedProgram(program, ["shell", "--socket", socket, host], environment: environment)
  }

  func end() {
    for shell in Array(shells.values) + Array(started.values) + [lab] { shell.signalGroup(SIGTERM) }
    for shell in Array(shells.values) + [lab] { _ = try? shell.outputToEnd() }
    try? FileManager.default.removeItem(at: folder)
  }
}
