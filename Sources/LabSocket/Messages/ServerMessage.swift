/// What the lab tells a client.
package enum ServerMessage: Hashable, Sendable {
  /// The stack that was asked for, by its whole name, and what `hostname` prints there.
  case host(stack: String, hostname: String)
  case output([UInt8])
  case error([UInt8])
  /// Bytes for a file of the user's; the first replace what was in it.
  case fileOutput(path: String, [UInt8])
  /// The client is to send one piece of its input.
  case wantsInput
  /// The client is to send a whole file; `-` is its input to the end.
  case wantsFile(path: String)
  /// The client is to open its user's editor.
  case wantsEditing(String)
  /// A shell of the user's is to go on.
  case shell(stack: String, line: String?)
  case ended(status: Int32)
  /// Nothing was done, for this reason.
  case refused(reason: String)
}

extension ServerMessage {
  /// The content of a frame.
  package var bytes: [UInt8] {
    switch self {
    case .host(let stack, let hostname): Fields.encode(0, [stack, hostname])
    case .output(let bytes): [1] + bytes
    case .error(let bytes): [2] + bytes
    case .fileOutput(let path, let bytes): Fields.encode(3, [path]) + [0] + bytes
    case .wantsInput: [4]
    case .wantsFile(let path): Fields.encode(5, [path])
    case .wantsEditing(let text): Fields.encode(6, [text])
    case .shell(let stack, let line): Fields.encode(7, [stack] + (line.map { [$0] } ?? []))
    case .ended(let status): Fields.encode(8, ["\(status)"])
    case .refused(let reason): Fields.encode(9, [reason])
    }
  }

  /// `nil` where the bytes are no message.
  package init?(_ bytes: some Collection<UInt8>) {
    guard let kind = bytes.first else { return nil }
    let content = Array(bytes.dropFirst())
    switch kind {
    case 1: self = .output(content)
    case 2: self = .error(content)
    case 3:
      let name = content.dropFirst().prefix { $0 != 0 }
      self = .fileOutput(
        path: String(decoding: name, as: UTF8.self), Array(content.dropFirst(name.count + 2)))
    case 4: self = .wantsInput
    default: self.init(kind: kind, fields: Fields.decode(content))
    }
  }

  private init?(kind: UInt8, fields: [String]) {
    guard let first = fields.first else { return nil }
    switch kind {
    case 0 where fields.count == 2: self = .host(stack: first, hostname: fields[1])
    case 5: self = .wantsFile(path: first)
    case 6: self = .wantsEditing(first)
    case 7: self = .shell(stack: first, line: fields.count > 1 ? fields[1] : nil)
    case 8:
      guard let status = Int32(first) else { return nil }
      self = .ended(status: status)
    case 9: self = .refused(reason: first)
    default: return nil
    }
  }
}
