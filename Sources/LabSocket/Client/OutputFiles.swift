#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The files of the user's that a command writes.
struct OutputFiles: ~Copyable {
  private var descriptors: [String: Int32] = [:]

  deinit {
    for descriptor in descriptors.values { close(descriptor) }
  }

  /// Writes behind what was written before; the first bytes replace what was in the file. Why it failed, if it did.
  mutating func write(_ bytes: [UInt8], to path: String) -> String? {
    if descriptors[path] == nil {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { return String(cString: strerror(errno)) }
      descriptors[path] = descriptor
    }
    guard let descriptor = descriptors[path], Descriptors.write(bytes, to: descriptor) else {
      return String(cString: strerror(errno))
    }
    return nil
  }
}
