#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Whole reads and writes of descriptors; an interrupted call goes on.
enum Descriptors {
  /// False where the other end is gone, or the disk is full; `errno` tells.
  static func write(_ bytes: some Sequence<UInt8>, to descriptor: Int32) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        _ = isReady(descriptor, for: Int16(POLLOUT))
        continue
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Up to `limit` bytes; empty at the end, `nil` where they cannot be read.
  static func read(_ descriptor: Int32, upTo limit: Int) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: limit)
    while true {
      let count = systemRead(descriptor, &buffer, limit)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        _ = isReady(descriptor, for: Int16(POLLIN))
        continue
      }
      return count < 0 ? nil : Array(buffer[..<count])
    }
  }

  /// Whether there is something to read, or the end, before so much time has passed.
  static func isReadable(_ descriptor: Int32, within patience: Duration) -> Bool {
    isReady(descriptor, for: Int16(POLLIN), milliseconds: Int32(patience / .milliseconds(1)))
  }

  /// Two sockets, each the other's end.
  static func makeSocketPair() throws(SocketError) -> (Int32, Int32) {
    var pair: [Int32] = [-1, -1]
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
      throw .failed("socketpair", reason: String(cString: strerror(errno)))
    }
    for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (pair[0], pair[1])
  }

  private static func isReady(
    _ descriptor: Int32, for events: Int16, milliseconds: Int32 = -1
  ) -> Bool {
    var polled = pollfd(fd: descriptor, events: events, revents: 0)
    return poll(&polled, 1, milliseconds) > 0
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
