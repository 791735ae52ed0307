import NIOCore

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Who is at the other end of a Unix socket, as the kernel tells.
enum PeerCredentials {
  /// The user at the other end of a connection; fails where the channel is no Unix socket.
  ///
  /// Source: unix(7), SO_PEERCRED; on macOS unix(4), LOCAL_PEERCRED.
  static func userID(of channel: any Channel) -> EventLoopFuture<uid_t> {
    guard let options = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
    }
    #if canImport(Darwin)
      let credentials: EventLoopFuture<xucred> = options.unsafeGetSocketOption(
        level: NIOBSDSocket.OptionLevel(rawValue: 0), name: NIOBSDSocket.Option(rawValue: LOCAL_PEERCRED))
      return credentials.map(\.cr_uid)
    #else
      let credentials: EventLoopFuture<UserCredentials> = options.unsafeGetSocketOption(
        level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
      return credentials.map(\.uid)
    #endif
  }
}

#if !canImport(Darwin)
  /// `struct ucred`, which glibc hides from Swift.
  private struct UserCredentials: Sendable {
    var pid: pid_t
    var uid: uid_t
    var gid: gid_t
  }
#endif
