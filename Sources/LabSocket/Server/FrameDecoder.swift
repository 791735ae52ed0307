import NIOCore

/// Cuts the bytes of a connection into messages.
struct FrameDecoder: ByteToMessageDecoder {
  typealias InboundOut = ClientMessage

  mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
    guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else {
      return .needMoreData
    }
    guard length <= Frame.limit else { throw FrameError.tooLong(Int(length)) }
    guard let content = buffer.readLengthPrefixedSlice(as: UInt32.self) else { return .needMoreData }
    guard let message = ClientMessage(content.readableBytesView) else { throw FrameError.noMessage }
    context.fireChannelRead(wrapInboundOut(message))
    return .continue
  }
}

/// What a client sent is not the lab's language.
enum FrameError: Error, CustomStringConvertible {
  case tooLong(Int)
  case noMessage

  var description: String {
    switch self {
    case .tooLong: "a message is longer than \(Frame.limit >> 20) MiB"
    case .noMessage: "this is no message of a lab shell"
    }
  }
}
