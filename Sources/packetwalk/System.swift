#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that every process has open.
enum StandardFile: Int32 {
  case standardOutput = 1
  case standardError = 2
}

/// Writes `text` whole; false where the other end does not take it (and `errno` says why).
@discardableResult
func writeAll(_ text: String, to file: StandardFile) -> Bool {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(file.rawValue, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    if count <= 0 { return false }
    bytes = bytes.dropFirst(count)
  }
  return true
}

/// Writes a command's answer to standard output.
///
/// - Throws: `Complaint` where it is not taken (a full disk, say).
func writeAnswer(_ text: String) throws(Complaint) {
  guard writeAll(text, to: .standardOutput) else {
    throw Complaint(description: "standard output: \(String(cString: strerror(errno)))")
  }
}

/// Ends the process; a name that no `exit` of a library hides.
func endProcess(status: Int32) -> Never {
  exit(status)
}

/// A variable of the environment; `nil` where it is not set or empty.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}

/// Whether standard output is a terminal.
var outputIsTerminal: Bool {
  isatty(STDOUT_FILENO) == 1
}

/// The width of the terminal on standard output; `nil` where there is none or it does not know.
var terminalColumns: Int? {
  var size = winsize()
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return Int(size.ws_col)
}

/// A path that holds from any folder; an empty one stays empty.
func absolutePath(_ path: String) -> String {
  guard !path.isEmpty, !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
  defer { free(folder) }
  return "\(String(cString: folder))/\(path)"
}

/// Holds back the signals that ask for the end, in this thread and those that it starts from now on.
func holdEndingSignals() {
  var signals = endingSignals
  pthread_sigmask(SIG_BLOCK, &signals, nil)
}

/// Waits for a signal that asks for the end.
func waitForEndingSignal() -> Int32 {
  var signals = endingSignals
  var number: Int32 = 0
  sigwait(&signals, &number)
  return number
}

private var endingSignals: sigset_t {
  var signals = sigset_t()
  sigemptyset(&signals)
  for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
  return signals
}

/// Removes a file, where it is there.
func removeFile(_ path: String) {
  unlink(path)
}

/// True for the number of a process that runs, whoever's it is.
func isRunning(process number: Int32) -> Bool {
  kill(number, 0) == 0 || errno != ESRCH
}

/// The number of this process.
var processNumber: Int32 {
  getpid()
}

/// Something stands at that path.
func fileExists(_ path: String) -> Bool {
  access(path, F_OK) == 0
}
