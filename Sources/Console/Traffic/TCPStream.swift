import NetModel
import PacketTrace

/// A TCP connection that was opened, and the segments that its two ends send.
///
/// Source: RFC 9293; options and windows as Linux sends them, recorded in the lab.
struct TCPStream: Sendable {
  private let conversation: Conversation
  private var client: End
  private var server: End
  /// Since the connection's first segment was sent.
  private(set) var elapsed: Duration

  fileprivate struct End {
    /// The number of the next byte that it sends.
    var next: UInt32
    /// As it stands in segments behind the first.
    let window: UInt16
    /// The largest piece that it may send at once.
    let segment: Int
    /// The latest time stamp that it has seen.
    var stamp: UInt32
  }

  /// A connection whose first segment was answered; `nil` where the answer does not accept it.
  init?(_ exchange: Exchange) {
    guard let asked = exchange.conversation.sent?.tcp, let answer = exchange.answer?.tcp,
      answer.flags == [.syn, .ack]
    else { return nil }
    conversation = exchange.conversation
    client = End(asked, limitedBy: answer)
    server = End(answer, limitedBy: asked)
    elapsed = exchange.duration
  }

  /// One end acknowledges what it got; false where the segment is lost.
  @discardableResult
  mutating func acknowledge(isReply: Bool, in lab: inout RunningLab) -> Bool {
    send(isReply: isReply, [.ack], .filler(length: 0), in: &lab)
  }

  /// One end sends bytes, and the other acknowledges them; false where a segment is lost.
  mutating func send(_ bytes: [UInt8], isReply: Bool, in lab: inout RunningLab) -> Bool {
    let size = max((isReply ? server : client).segment, 1)
    for start in stride(from: 0, to: bytes.count, by: size) {
      let piece = Array(bytes[start..<min(start + size, bytes.count)])
      let isLast = start + size >= bytes.count
      guard send(isReply: isReply, isLast ? [.psh, .ack] : [.ack], .bytes(piece), in: &lab) else {
        return false
      }
    }
    return acknowledge(isReply: !isReply, in: &lab)
  }

  /// One end closes, the other closes too, and the first acknowledges it.
  mutating func close(isReply: Bool, in lab: inout RunningLab) {
    guard send(isReply: isReply, [.fin, .ack], .filler(length: 0), in: &lab),
      send(isReply: !isReply, [.fin, .ack], .filler(length: 0), in: &lab)
    else { return }
    acknowledge(isReply: isReply, in: &lab)
  }

  /// Nothing is sent for so long.
  mutating func wait(_ duration: Duration) {
    elapsed += duration
  }

  private mutating func send(
    isReply: Bool, _ flags: TCPHeader.Flags, _ payload: Payload, in lab: inout RunningLab
  ) -> Bool {
    let (sender, receiver) = isReply ? (server, client) : (client, server)
    let stamp = sender.stamp &+ UInt32(truncatingIfNeeded: elapsed.wholeMilliseconds)
    let sent = lab.carry(conversation, isReply: isReply, after: elapsed) { packet in
      packet.tcp?.sequence = sender.next
      packet.tcp?.acknowledgment = receiver.next
      packet.tcp?.flags = flags
      packet.tcp?.window = sender.window
      packet.tcp?.options = [
        .noOperation, .noOperation, .timestamps(value: stamp, echo: receiver.stamp),
      ]
      packet.payload = payload
    }
    let length = UInt32(payload.length) &+ (flags.contains(.fin) ? 1 : 0)
    if isReply { server.next &+= length } else { client.next &+= length }
    guard let sent else { return false }
    elapsed += sent.duration
    return sent.path.outcome.disposition == .delivered
  }
}

extension TCPStream.End {
  /// - Parameters:
  ///   - header: its first segment.
  ///   - other: the other end's first segment, which says how large segments may be.
  fileprivate init(_ header: TCPHeader, limitedBy other: TCPHeader) {
    next = header.sequence &+ 1
    window = UInt16((Int(header.window) + 127) / 128)
    let stampLength = 12
    segment = Int(min(header.maximumSegmentSize ?? 536, other.maximumSegmentSize ?? 536)) - stampLength
    stamp = header.timestamp
  }
}

extension TCPHeader {
  fileprivate var timestamp: UInt32 {
    for case .timestamps(let value, _) in options { return value }
    return 0
  }
}
