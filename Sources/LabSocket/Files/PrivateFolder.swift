#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The folder that holds sockets and shells' commands, which nobody else can look into.
package struct PrivateFolder: Hashable, Sendable {
  package let path: String

  /// `packetwalk` in the user's runtime folder, else one in the temporary folder; made where it is missing.
  ///
  /// - Throws: `FolderError` where the folder cannot be made, or is open to others.
  package static func make(
    runtimeFolder: String?, temporaryFolder: String?
  ) throws(FolderError) -> PrivateFolder {
    let path =
      runtimeFolder.map { "\($0)/packetwalk" } ?? "\(temporaryFolder ?? "/tmp")/packetwalk-\(getuid())"
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw FolderError(path: path) }
    var status = stat()
    guard lstat(path, &status) == 0 else { throw FolderError(path: path) }
    let isOwn = status.st_uid == getuid() && status.st_mode & S_IFMT == S_IFDIR
    guard isOwn, status.st_mode & 0o077 == 0 else {
      throw FolderError(path: path, reason: "is not a folder of yours alone (mode 0700)")
    }
    return PrivateFolder(path: path)
  }

  /// Does what no other program of the user's may do in the folder at the same time.
  package func whileLocked<Value>(_ body: () -> Value) -> Value {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    flock(descriptor, LOCK_EX)
    defer { close(descriptor) }
    return body()
  }

  /// Removes the folder where nothing is in it any more.
  package func removeIfEmpty() {
    rmdir(path)
  }
}

/// A folder or file of the program's own cannot be made.
package struct FolderError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  package let reason: String

  init(path: String, reason: String = String(cString: strerror(errno))) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(path): \(reason)" }
}
