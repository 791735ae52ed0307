import Foundation
import TerminalTesting
import Testing

/// `packetwalk trace --pcapng`.
@Suite struct TraceCaptureTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "trace-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func theCaptureIsWrittenBesideTheAnswer() throws {
    let file = folder.appending(path: "walk.pcapng")
    let run = try trace("curl-pod", "webpod@k8s-w0", "--mode", "vxlan", "--pcapng", file.path)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let content = try Data(contentsOf: file)
    #expect(content.prefix(4) == Data([0x0a, 0x0d, 0x0d, 0x0a]))
    #expect(content.range(of: Data("k8s-ctr cilium_vxlan".utf8)) != nil)
  }

  @Test func aQuestionWithoutAnswerLeavesNoFile() throws {
    let file = folder.appending(path: "walk.pcapng")
    let run = try trace("curl-pod", "no-such-thing", "--pcapng", file.path)
    #expect(run.status == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func aFolderThatIsNotThereIsOneLine() throws {
    let file = folder.appending(path: "missing/walk.pcapng")
    let run = try trace("curl-pod", "router", "--proto", "icmp", "--pcapng", file.path)
    #expect(run.status == 1)
    #expect(run.errors == "packetwalk: cannot write \(file.path): No such file or directory\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  private func trace(_ arguments: String...) throws -> (status: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: try BuiltProgram.path(of: "packetwalk"))
    process.arguments = ["trace"] + arguments
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let text = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
