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

/// Writes `text` whole; what the other end no longer wants is dropped.
func writeAll(_ text: String, to file: StandardFile) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(file.rawValue, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    if count <= 0 { return }
    bytes = bytes.dropFirst(count)
  }
}

/// Ends the process; a name that no `exit` of a library hides.
func endProcess(status: Int32) -> Never {
  exit(status)
}
