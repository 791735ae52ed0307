#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The client's end of a connection to a lab: whole messages over a socket.
struct Connection: ~Copyable {
  let descriptor: Int32
  private var received: [UInt8] = []
  private var position = 0

  /// Takes the socket over.
  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    // A lab that has ended is an error to tell, not a reason to die without a word.
    signal(SIGPIPE, SIG_IGN)
  }

  deinit { close(descriptor) }

  /// False where the lab is gone.
  @discardableResult
  func send(_ message: ClientMessage) -> Bool {
    let content = message.bytes
    return Descriptors.write(Frame.length(of: content) + content, to: descriptor)
  }

  /// Reads once; false where the lab is gone.
  mutating func receive() -> Bool {
    guard let bytes = Descriptors.read(descriptor, upTo: 65536), !bytes.isEmpty else { return false }
    received.removeFirst(position)
    position = 0
    received += bytes
    return true
  }

  /// Reads once; false where the lab is gone, or sends nothing for so long.
  mutating func receive(within patience: Duration) -> Bool {
    Descriptors.isReadable(descriptor, within: patience) && receive()
  }

  /// The next message of those that were received whole.
  mutating func next() -> ServerMessage? {
    guard received.count - position >= 4 else { return nil }
    let length = Frame.length(from: received[position...])
    guard received.count - position >= 4 + length else { return nil }
    defer { position += 4 + length }
    return ServerMessage(received[position + 4..<position + 4 + length])
  }
}
