#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where a lab is served.
package struct SocketPath: Hashable, Sendable {
  package let path: String

  /// - Throws: `SocketError` where no socket can have that name.
  package init(_ path: String) throws(SocketError) {
    guard !path.isEmpty, path.utf8.count < Self.capacity, !path.utf8.contains(0) else {
      throw .badName(path, limit: Self.capacity - 1)
    }
    self.path = path
  }

  /// The bytes of a name, with the one that ends it.
  static let capacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

  /// A connected socket, to be closed by the caller.
  ///
  /// - Throws: `SocketError` where no lab is served.
  package func connect() throws(SocketError) -> Int32 {
    let descriptor = Self.makeSocket()
    guard descriptor >= 0 else { throw .failed(path, reason: Self.reason) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let result = withAddress { systemConnect(descriptor, $0, $1) }
    guard result == 0 else {
      let code = errno
      close(descriptor)
      if code == ENOENT || code == ECONNREFUSED { throw .notServed(path) }
      throw .failed(path, reason: String(cString: strerror(code)))
    }
    return descriptor
  }

  /// Whether a lab answers there now.
  package var isServed: Bool {
    guard let descriptor = try? connect() else { return false }
    close(descriptor)
    return true
  }

  /// Binds the socket by `bind`, for this user alone, after a stale one was removed.
  ///
  /// - Throws: `SocketError` where a lab is served there, or something else bears the name.
  func claim<Bound>(_ bind: () throws -> Bound) throws -> Bound {
    let lock = open(folder, O_RDONLY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    // Two labs that begin at once would each take the other's socket for a stale one.
    if lock >= 0 { flock(lock, LOCK_EX) }
    try removeStale()
    let mask = umask(0o177)
    defer { umask(mask) }
    do {
      return try bind()
    } catch {
      throw SocketError.failed(path, reason: "\(error)")
    }
  }

  /// Removes the socket.
  func remove() {
    if isSocket { unlink(path) }
  }

  private func removeStale() throws(SocketError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard isSocket else { throw .taken(path) }
    do throws(SocketError) {
      close(try connect())
    } catch {
      guard case .notServed = error else { throw error }
      unlink(path)
      return
    }
    throw .served(path)
  }

  private var isSocket: Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  private var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static var reason: String { String(cString: strerror(errno)) }

  private static func makeSocket() -> Int32 {
    #if canImport(Glibc)
      socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
  }

  private func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

/// `connect(2)`, which the method of the same name would hide.
private func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t)
  -> Int32
{
  connect(descriptor, address, length)
}

/// Why a socket is of no use.
package enum SocketError: Error, Hashable, Sendable, CustomStringConvertible {
  case badName(String, limit: Int)
  case notServed(String)
  case served(String)
  case taken(String)
  case failed(String, reason: String)

  package var description: String {
    switch self {
    case .badName(_, let limit): "the name of a socket has 1 to \(limit) bytes"
    case .notServed(let path): "no lab is served at \(path): begin one with packetwalk lab"
    case .served(let path): "a lab is served at \(path) already: join it with packetwalk shell"
    case .taken(let path): "\(path) is there and is no socket"
    case .failed(let path, let reason): "\(path): \(reason)"
    }
  }
}
