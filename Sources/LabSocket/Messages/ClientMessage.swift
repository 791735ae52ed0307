/// What a client tells the lab.
package enum ClientMessage: Hashable, Sendable {
  /// Which stack a name stands for; without a name the lab's first node.
  case host(String?)
  case command(CommandRequest)
  case input([UInt8])
  case inputEnded
  case interrupted
  /// The bytes of a file that the lab asked for.
  case file([UInt8])
  /// Why the file cannot be read.
  case noFile(reason: String)
  /// The text as the user's editor left it; `nil` where it failed.
  case edited(String?)
}

/// A command line and what is around it.
package struct CommandRequest: Hashable, Sendable {
  /// The stack that it runs on, by its name.
  package var stack: String
  /// The command's name first.
  package var arguments: [String]
  package var inputIsTerminal: Bool
  package var outputIsTerminal: Bool
  /// Of the terminal; 0 where there is none.
  package var columns: Int
  package var rows: Int

  package init(
    stack: String, arguments: [String], inputIsTerminal: Bool = false, outputIsTerminal: Bool = false,
    columns: Int = 0, rows: Int = 0
  ) {
    self.stack = stack
    self.arguments = arguments
    self.inputIsTerminal = inputIsTerminal
    self.outputIsTerminal = outputIsTerminal
    self.columns = columns
    self.rows = rows
  }
}

extension ClientMessage {
  /// The content of a frame.
  package var bytes: [UInt8] {
    switch self {
    case .host(nil): Fields.encode(0)
    case .host(let name?): Fields.encode(0, [name])
    case .command(let request): Fields.encode(1, request.fields)
    case .input(let bytes): [2] + bytes
    case .inputEnded: [3]
    case .interrupted: [4]
    case .file(let bytes): [5] + bytes
    case .noFile(let reason): Fields.encode(6, [reason])
    case .edited(nil): Fields.encode(7)
    case .edited(let text?): Fields.encode(7, [text])
    }
  }

  /// `nil` where the bytes are no message.
  package init?(_ bytes: some Collection<UInt8>) {
    guard let kind = bytes.first else { return nil }
    let content = bytes.dropFirst()
    switch kind {
    case 0: self = .host(Fields.decode(content).first)
    case 1:
      guard let request = CommandRequest(Fields.decode(content)) else { return nil }
      self = .command(request)
    case 2: self = .input(Array(content))
    case 3: self = .inputEnded
    case 4: self = .interrupted
    case 5: self = .file(Array(content))
    case 6: self = .noFile(reason: Fields.decode(content).first ?? "")
    case 7: self = .edited(Fields.decode(content).first)
    default: return nil
    }
  }
}

extension CommandRequest {
  fileprivate var fields: [String] {
    let flags = (inputIsTerminal ? "i" : "") + (outputIsTerminal ? "o" : "")
    return [stack, flags, "\(columns)", "\(rows)"] + arguments
  }

  fileprivate init?(_ fields: [String]) {
    guard fields.count >= 5, let columns = Int(fields[2]), let rows = Int(fields[3]) else { return nil }
    self.init(
      stack: fields[0], arguments: Array(fields[4...]), inputIsTerminal: fields[1].contains("i"),
      outputIsTerminal: fields[1].contains("o"), columns: columns, rows: rows)
  }
}
