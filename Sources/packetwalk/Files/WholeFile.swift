#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file could not be written; the one that stood there before is as it was.
struct FileWriteError: Error, Hashable, CustomStringConvertible {
  let path: String
  /// C's `strerror` of the error number.
  let reason: String

  var description: String { "cannot write \(path): \(reason)" }
}

/// Files that are written whole or not at all.
enum WholeFile {
  /// Makes `bytes` the content of the file at `path`.
  ///
  /// A regular file is replaced in one step and keeps its mode; links are followed. A pipe or a device is
  /// written to as it stands.
  static func write(_ bytes: [UInt8], to path: String) throws(FileWriteError) {
    let target = resolved(path)
    guard let status = status(of: target) else {
      return try replace(target, by: bytes, mode: nil, named: path)
    }
    if status.isRegular {
      try replace(target, by: bytes, mode: status.mode, named: path)
    } else {
      try write(bytes, toFileAt: target, flags: O_WRONLY, mode: nil, named: path)
    }
  }

  /// Writes beside the target, then renames.
  private static func replace(
    _ target: String, by bytes: [UInt8], mode: mode_t?, named path: String
  ) throws(FileWriteError) {
    let draft = "\(target).\(getpid()).part"
    do throws(FileWriteError) {
      try write(bytes, toFileAt: draft, flags: O_WRONLY | O_CREAT | O_EXCL, mode: mode, named: path)
      guard rename(draft, target) == 0 else { throw failure(path) }
    } catch {
      unlink(draft)
      throw error
    }
  }

  private static func write(
    _ bytes: [UInt8], toFileAt location: String, flags: Int32, mode: mode_t?, named path: String
  ) throws(FileWriteError) {
    let descriptor = open(location, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    if let mode { fchmod(descriptor, mode) }
    var rest = bytes[...]
    while !rest.isEmpty {
      switch rest.withUnsafeBytes({ writeOnce(descriptor, $0) }) {
      case let count where count >= 0: rest = rest.dropFirst(count)
      default:
        guard errno == EINTR else { throw failure(path) }
      }
    }
  }

  private static func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Darwin)
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func failure(_ path: String) -> FileWriteError {
    FileWriteError(path: path, reason: String(cString: strerror(errno)))
  }

  /// The file that the path leads to, or the path itself where there is none yet.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func status(of path: String) -> (isRegular: Bool, mode: mode_t)? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return (status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o7777)
  }
}
