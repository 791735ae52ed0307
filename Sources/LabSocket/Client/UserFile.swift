#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Files of the user's that a command reads whole.
enum UserFile {
  /// The answer to a question for a file; `-` is standard input to its end.
  static func read(_ path: String) -> ClientMessage {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .noFile(reason: String(cString: strerror(errno))) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    while true {
      guard let block = Descriptors.read(descriptor, upTo: 65536) else {
        return .noFile(reason: String(cString: strerror(errno)))
      }
      if block.isEmpty { return .file(bytes) }
      bytes += block
      guard bytes.count < Frame.limit else {
        return .noFile(reason: "it is longer than \(Frame.limit >> 20) MiB")
      }
    }
  }
}
