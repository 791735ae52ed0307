import NIOCore
import NIOPosix

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Serves a lab to the shells of the user who runs it, on a thread of its own.
package final class LabServer: Sendable {
  /// The socket that shells join by; `nil` where there is none.
  package let path: SocketPath?
  private let lab: SharedLab
  private let group: MultiThreadedEventLoopGroup
  private let room: NIOLoopBound<SessionRoom>
  private let observer: SharedLab.ObserverID
  private let listening: (any Channel)?

  /// Begins to serve; who joins by the socket, if there is one, must be the same user.
  package init(_ lab: SharedLab, at path: SocketPath? = nil) throws {
    self.lab = lab
    self.path = path
    group = withSignalsHeld { MultiThreadedEventLoopGroup(numberOfThreads: 1) }
    let loop = group.next()
    let room = try loop.submit { NIOLoopBound(SessionRoom(lab: lab), eventLoop: loop) }.wait()
    let bell = ChangeBell(in: room)
    observer = lab.observe { bell.ring() }
    self.room = room
    do {
      listening = try path.map { [group] in try Self.listen(at: $0, group, room) }
    } catch {
      lab.forget(observer)
      try? group.syncShutdownGracefully()
      throw error
    }
  }

  private static func listen(
    at path: SocketPath, _ group: MultiThreadedEventLoopGroup, _ room: NIOLoopBound<SessionRoom>
  ) throws -> any Channel {
    try path.claim {
      try ServerBootstrap(group: group)
        .serverChannelOption(.backlog, value: 256)
        .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 << 10, high: 256 << 10))
        .childChannelInitializer { channel in
          PeerCredentials.userID(of: channel).flatMapThrowing { user in
            // A connection of another user's is closed without a word.
            guard user == getuid() else { throw ChannelError.operationUnsupported }
            try Self.addHandlers(to: channel, room)
          }
        }
        .bind(unixDomainSocketPath: path.path).wait()
    }
  }

  private static func addHandlers(to channel: any Channel, _ room: NIOLoopBound<SessionRoom>) throws {
    try channel.pipeline.syncOperations.addHandlers([
      ByteToMessageHandler(FrameDecoder(), maximumBufferSize: Frame.limit + 4),
      SessionHandler(room: room.value),
    ])
  }

  /// A connected socket for a client in this process, without a name on disk.
  package func connect() throws -> Int32 {
    let (ours, theirs) = try Descriptors.makeSocketPair()
    _ = try ClientBootstrap(group: group)
      .channelOption(.writeBufferWaterMark, value: .init(low: 64 << 10, high: 256 << 10))
      .channelInitializer { [room] channel in
        channel.eventLoop.makeCompletedFuture { try Self.addHandlers(to: channel, room) }
      }
      .withConnectedSocket(ours).wait()
    return theirs
  }

  /// Ends all commands, and removes the socket.
  package func close() {
    lab.forget(observer)
    path?.remove()
    try? listening?.close().wait()
    try? group.syncShutdownGracefully()
  }
}
