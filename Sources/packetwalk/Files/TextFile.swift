import Console

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files of the machine where the program runs.
enum TextFile {
  /// How large a file may be.
  static let mostBytes = 64 << 20

  /// The text of a file; bytes that are not UTF-8 become U+FFFD.
  ///
  /// - Throws: `FileError` with the system's reason, or that the file is too large.
  static func read(_ path: String) throws(FileError) -> String {
    String(decoding: try bytes(of: path), as: UTF8.self)
  }

  /// - Throws: `FileError` with the system's reason, or that the file is too large.
  static func bytes(of path: String) throws(FileError) -> [UInt8] {
    guard let file = fopen(path, "r") else { throw failure }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      bytes += chunk[..<count]
      guard bytes.count <= mostBytes else {
        throw FileError(reason: "File larger than \(mostBytes >> 20) MiB")
      }
      if count < chunk.count { break }
    }
    guard ferror(file) == 0 else { throw failure }
    return bytes
  }

  private static var failure: FileError { FileError(reason: String(cString: strerror(errno))) }
}
