#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The program's own output, written in one go when the whole answer is known.
enum StandardOutput {
  /// - Throws: `Complaint` where it cannot be written (a full disk, say).
  static func write(_ text: String) throws(Complaint) {
    guard writeAll(text, to: STDOUT_FILENO) else {
      throw Complaint(description: "standard output: \(String(cString: strerror(errno)))")
    }
  }

  /// Nobody is left to be told where this fails.
  static func writeError(_ text: String) {
    _ = writeAll(text, to: STDERR_FILENO)
  }

  private static func writeAll(_ text: String, to file: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return false }
      bytes = bytes.dropFirst(max(0, count))
    }
    return true
  }
}

/// `write(2)`, which a method of the same name would hide.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}
