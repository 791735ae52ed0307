import Console
import LabSocket
import Presentation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program of the user's that reads files, in a lab shell: it gets the lab's files in place of this machine's, and
/// all others as they are. On another machine of the lab it gets none by its whole path but the lab's.
struct FileReader {
  let name: String

  static let names = ["cat", "egrep", "fgrep", "grep", "head", "less", "more", "tail", "wc"]

  /// `nil` where the program was not called by the name of one, or where the lab reads all files itself.
  init?(programName: String) {
    let name = programName.split(separator: "/").last.map(String.init) ?? ""
    guard Self.names.contains(name) else { return nil }
    if GuestShell.isAround, LabCommand.named(name) != nil { return nil }
    self.name = name
  }

  /// Goes on as the user's own program in the place of this process.
  func run(_ arguments: [String]) -> Never {
    if GuestShell.isAround { refuseWhatGuestsLack(arguments) }
    guard let program = findProgram(name) else { end("command not found", status: 127) }
    let pattern = patternPosition(in: arguments)
    let words = arguments.enumerated().map { position, word in
      position != pattern && LabFiles.hold(word) ? pathOfCopy(of: word) : word
    }
    // The connection to the lab has set it aside.
    signal(SIGPIPE, SIG_DFL)
    withCStrings([name] + words) { _ = execv(program, $0) }
    end("\(program): \(String(cString: strerror(errno)))", status: 126)
  }

  /// Where what is looked for stands: `grep`'s first word that is no option, unless an option brings it.
  private func patternPosition(in arguments: [String]) -> Int? {
    let bringing = ["-e", "-f", "--regexp", "--file"]
    guard name.hasSuffix("grep"),
      !arguments.contains(where: { word in bringing.contains { word.hasPrefix($0) } })
    else { return nil }
    return arguments.firstIndex { !$0.hasPrefix("-") }
  }

  private func refuseWhatGuestsLack(_ arguments: [String]) {
    guard GuestShell.filters.contains(name) else { end("not modelled here", status: 127) }
    for path in arguments where path.hasPrefix("/") && fileExists(path) && !LabFiles.hold(path) {
      end("\(path): not modelled here", status: 127)
    }
  }

  /// A path under which the program finds what the lab has at `path`; the file itself has no name any more.
  private func pathOfCopy(of path: String) -> String {
    guard let socket = ShellVariable.socket.value, let stack = ShellVariable.stack.value else { return path }
    let folder = environmentVariable("TMPDIR") ?? "/tmp"
    var copy = Array("\(folder)/packetwalk-file-XXXXXX".utf8CString)
    let descriptor = mkstemp(&copy)
    guard descriptor >= 0 else { end("\(folder): \(String(cString: strerror(errno)))", status: 1) }
    unlink(copy)
    do {
      var client = LabClient(try SocketPath(socket).connect(), output: descriptor)
      switch client.run(CommandRequest(stack: stack, arguments: ["cat", path])) {
      case .exited(0): break
      case .exited(let status): endProcess(status: status)
      case .failed(let reason): end(reason, status: 1)
      case .shell: end("\(path): not modelled here", status: 127)
      }
    } catch {
      end("\(error)", status: 1)
    }
    lseek(descriptor, 0, SEEK_SET)
    return "/dev/fd/\(descriptor)"
  }

  private func end(_ reason: String, status: Int32) -> Never {
    writeAll("\(name): \(visible(reason, limit: 400))\n", to: .standardError)
    endProcess(status: status)
  }
}
