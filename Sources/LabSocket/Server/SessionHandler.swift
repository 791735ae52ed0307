import NIOCore

/// One connection: hands what comes to its session, and sends what the session says.
///
/// A client that does not read holds its own command up and nothing else: the command is not resumed before
/// what it wrote has been taken, and nothing more is read of such a client.
final class SessionHandler: ChannelInboundHandler {
  typealias InboundIn = ClientMessage
  typealias OutboundOut = ByteBuffer

  /// How long a client may be silent before its request.
  static let patience = TimeAmount.seconds(10)

  private let room: SessionRoom
  private var session: CommandSession
  private var timer: Scheduled<Void>?
  private var context: ChannelHandlerContext?
  private var missedChange = false

  init(room: SessionRoom) {
    self.room = room
    session = CommandSession(lab: room.lab)
  }

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    guard room.enter(self) else {
      return act { $0.refuse("the lab runs \(SessionRoom.limit) commands already") }
    }
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { [weak self] in
      self?.act { $0.refuse("no command came") }
    }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    act { $0.receive(unwrapInboundIn(data)) }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    try? context.channel.syncOptions?.setOption(.autoRead, value: context.channel.isWritable)
    guard context.channel.isWritable else { return }
    if missedChange { labChanged() } else { act { _ in } }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let error = error as? FrameError { act { $0.refuse("\(error)") } }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    self.context = nil
    room.leave(self)
    context.fireChannelInactive()
  }

  /// Something was changed by another command, or by the inspector.
  func labChanged() {
    guard let context else { return }
    missedChange = !context.channel.isWritable
    if !missedChange { act { $0.labChanged() } }
  }

  private func act(_ body: (inout CommandSession) -> Void) {
    guard let context, !session.isOver else { return }
    body(&session)
    for message in session.takeOutgoing() {
      context.write(wrapOutboundOut(Self.frame(message, context.channel.allocator)), promise: nil)
    }
    context.flush()
    timer?.cancel()
    timer = nil
    if session.isOver {
      context.close(promise: nil)
    } else if context.channel.isWritable, let delay = session.wakeUp {
      timer = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(delay)) { [weak self] in
        self?.act { $0.timePassed() }
      }
    }
  }

  private static func frame(_ message: ServerMessage, _ allocator: ByteBufferAllocator) -> ByteBuffer {
    let content = message.bytes
    var buffer = allocator.buffer(capacity: content.count + 4)
    buffer.writeInteger(UInt32(content.count))
    buffer.writeBytes(content)
    return buffer
  }
}
