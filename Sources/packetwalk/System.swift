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
