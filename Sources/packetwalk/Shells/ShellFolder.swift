import Console
import LabSocket

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One lab shell's folder: `bin` holds the lab's commands as links to this program, `filters` what a guest shell
/// may use beside them; the shell's start-up files stand beside both.
struct ShellFolder {
  let path: String
  private let parent: PrivateFolder
  /// Of `bin`, which is locked while the shell lives.
  private let descriptor: Int32

  /// For the lab that a shell brings along.
  var socket: String { "\(path)/lab.sock" }

  private var commands: String { "\(path)/bin" }

  private static let prefix = "shell-"

  /// - Throws: `Complaint` where it cannot be made.
  init(in parent: PrivateFolder) throws(Complaint) {
    self.parent = parent
    var made: (path: String, descriptor: Int32)?
    // The last shell to end removes the parent, perhaps just now.
    for _ in 0..<ShellFolder.mostTries where made == nil {
      _ = try PrivateFolder.ofUser()
      made = parent.whileLocked { Self.make(in: parent) }
    }
    guard let made else {
      throw Complaint(description: "\(parent.path): \(String(cString: strerror(errno)))")
    }
    (path, descriptor) = made
    try fill()
  }

  /// Attempts to make a shell's folder.
  private static let mostTries = 20

  /// An empty folder with a locked `bin`; without the parent's lock another shell would take it for abandoned.
  private static func make(in parent: PrivateFolder) -> (path: String, descriptor: Int32)? {
    removeAbandoned(in: parent)
    var name = Array("\(parent.path)/\(prefix)XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { return nil }
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    mkdir("\(path)/bin", 0o700)
    let descriptor = open("\(path)/bin", O_RDONLY | O_CLOEXEC)
    flock(descriptor, LOCK_EX | LOCK_NB)
    return (path, descriptor)
  }

  private func fill() throws(Complaint) {
    let program = try Self.program()
    for name in ShellFolder.commandNames { symlink(program, "\(commands)/\(name)") }
    mkdir("\(path)/filters", 0o700)
    for name in GuestShell.filters where !FileReader.names.contains(name) {
      if let tool = findProgram(name) { symlink(tool, "\(path)/filters/\(name)") }
    }
    for (name, text) in StartupFiles.all {
      do throws(FileWriteError) {
        try WholeFile.write(Array(text.utf8), to: "\(path)/\(name)")
      } catch {
        throw Complaint(description: "\(error)")
      }
    }
  }

  /// The lab's commands, and the programs that read the lab's files.
  private static let commandNames = LabCommand.all.map(\.name) + FileReader.names

  /// Removes the folder and what is in it.
  func remove() {
    Self.remove(path)
    close(descriptor)
    parent.removeIfEmpty()
  }

  private static func remove(_ path: String) {
    for name in commandNames { unlink("\(path)/bin/\(name)") }
    rmdir("\(path)/bin")
    for name in GuestShell.filters { unlink("\(path)/filters/\(name)") }
    rmdir("\(path)/filters")
    for (name, _) in StartupFiles.all { unlink("\(path)/\(name)") }
    unlink("\(path)/lab.sock")
    rmdir(path)
  }

  /// Removes the folders of shells that were killed.
  private static func removeAbandoned(in parent: PrivateFolder) {
    for name in entryNames(of: parent.path) ?? [] where name.hasPrefix(prefix) {
      let path = "\(parent.path)/\(name)"
      let descriptor = open("\(path)/bin", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { remove(path) }
    }
  }

  /// The path of this program's own file.
  private static func program() throws(Complaint) -> String {
    #if canImport(Darwin)
      let name = CommandLine.arguments[0]
    #else
      let name = "/proc/self/exe"
    #endif
    guard let resolved = realpath(name, nil) else {
      throw Complaint(description: "\(name): \(String(cString: strerror(errno)))")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
