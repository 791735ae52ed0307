import Foundation

/// The programs that were built beside the tests.
package enum BuiltProgram {
  /// The path of a program of this package, such as `packetwalk`.
  ///
  /// - Throws: `Missing` where it is not there.
  package static func path(of name: String) throws -> String {
    var folder = URL(fileURLWithPath: testBinary).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent(name).path
      if FileManager.default.isExecutableFile(atPath: candidate), !isFolder(candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    throw Missing(what: "\(name), beside \(testBinary)")
  }

  /// The path of a tool that the tests need, found by PATH.
  ///
  /// - Throws: `Missing`: a test whose tool is missing fails, and never passes by silence.
  package static func tool(_ name: String) throws -> String {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    throw Missing(what: name)
  }

  /// What was looked for and is not there.
  package struct Missing: Error, CustomStringConvertible {
    package let what: String

    package var description: String { "missing: \(what)" }
  }

  private static var testBinary: String {
    #if canImport(Darwin)
      // The process is Xcode's; the tests are a library in it.
      var info = Dl_info()
      if dladdr(#dsohandle, &info) != 0, let name = info.dli_fname { return String(cString: name) }
    #endif
    return Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
