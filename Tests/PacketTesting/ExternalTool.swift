import Foundation

/// A program of the machine that the tests compare with, where it is installed.
package struct ExternalTool: Sendable {
  private let executable: URL

  /// The program of that name in PATH; `nil` where there is none.
  package init?(_ name: String) {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let found = path.split(separator: ":").map { URL(filePath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let found else { return nil }
    executable = found
  }

  /// What the program prints to its standard output for a file with `content`, named FILE in `arguments`.
  package func output(of arguments: [String], reading content: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "packets-\(UUID().uuidString).pcapng")
    try Data(content).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments.map { $0 == "FILE" ? file.path : $0 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
