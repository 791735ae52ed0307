import LabSocket
import Presentation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The user's own shell with the lab's commands in front of all others.
struct LabShell {
  var socket: SocketPath
  /// `nil` is the lab's first node.
  var host: String?
  /// What the shell runs; `nil` reads lines from standard input.
  var line: String?

  /// Runs the shell to its end.
  ///
  /// - Throws: `Complaint` where no lab answers.
  func run(in folder: ShellFolder) throws(Complaint) -> Child.Ending {
    let place = try Self.place(of: host, at: socket)
    let environment = ShellEnvironment(
      socket: socket.path, stack: place.stack, hostname: place.hostname, folder: folder.path)
    let program = ShellProgram.ofUser
    return Child.run(
      program.path, program.arguments(line: line, folder: folder.path),
      environment: environment.entries(from: environmentEntries()))
  }

  private static func place(
    of host: String?, at socket: SocketPath
  ) throws(Complaint) -> (stack: String, hostname: String) {
    do {
      var client = LabClient(try socket.connect())
      return try client.host(named: host)
    } catch {
      throw Complaint(description: visible("\(error)"))
    }
  }
}

/// The program that reads the lines of a lab shell.
struct ShellProgram {
  let path: String
  let isBash: Bool

  /// The user's bash, found by PATH; where there is none, sh.
  static var ofUser: ShellProgram {
    let bash = findProgram("bash")
    return bash.map { ShellProgram(path: $0, isBash: true) } ?? ShellProgram(path: "/bin/sh", isBash: false)
  }

  /// The words that start it, its name first.
  func arguments(line: String?, folder: String) -> [String] {
    let name = isBash ? "bash" : "sh"
    if let line { return [name, "-c", line] }
    let isInteractive = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    return isBash && isInteractive ? [name, "--rcfile", "\(folder)/rc", "-i"] : [name]
  }
}

/// The path of a program of this machine, found by PATH; what a lab shell has put there is none.
func findProgram(_ name: String) -> String? {
  // A guest shell's PATH leads to none of them.
  let path = (environmentVariable("PATH") ?? "") + ":/usr/local/bin:/usr/bin:/bin"
  let own = ShellVariable.folder.value.map { $0 + "/" }
  let folders = path.split(separator: ":").filter { folder in own.map { !folder.hasPrefix($0) } ?? true }
  let candidates: [String] = folders.map { "\($0)/\(name)" }
  return candidates.first { access($0, X_OK) == 0 }
}
