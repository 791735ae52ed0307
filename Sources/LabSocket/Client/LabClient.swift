#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Runs one command in a lab as if it ran here: its input, its output, Ctrl-C and its exit status.
package struct LabClient: ~Copyable {
  private var connection: Connection
  private let output: Int32
  private var inputIsWanted = false
  private var interrupts = 0
  private var files = OutputFiles()

  /// For the answer to a question that needs no work.
  private static let patience = Duration.seconds(5)

  /// How a command has ended.
  package enum Ending: Hashable, Sendable {
    case exited(Int32)
    /// A shell of the user's goes on with the lab's commands on another stack.
    case shell(stack: String, line: String?)
    case failed(reason: String)
  }

  /// Takes a connected socket over.
  ///
  /// - Parameter output: the descriptor that gets what the command writes to standard output.
  package init(_ socket: Int32, output: Int32 = STDOUT_FILENO) {
    connection = Connection(socket)
    self.output = output
  }

  /// The stack that a name stands for, without a name the lab's first node, and its host name.
  ///
  /// - Throws: `ClientError` where the lab has no such host, or does not answer: a lab that Ctrl-Z has stopped still
  ///   takes connections.
  package mutating func host(named name: String?) throws(ClientError) -> (stack: String, hostname: String) {
    connection.send(.host(name))
    while true {
      switch connection.next() {
      case .host(let stack, let hostname): return (stack, hostname)
      case .refused(let reason): throw ClientError(description: reason)
      case nil where connection.receive(within: LabClient.patience): continue
      default: throw ClientError(description: "the lab does not answer; where it is stopped, fg continues it")
      }
    }
  }

  /// Runs a command to its end.
  package mutating func run(_ request: CommandRequest) -> Ending {
    guard let signals = SignalPipe(catching: [SIGINT]) else { return .failed(reason: "no pipe is left") }
    let message = ClientMessage.command(request)
    guard message.bytes.count <= Frame.limit else {
      return .failed(reason: "the arguments are longer than \(Frame.limit >> 20) MiB")
    }
    connection.send(message)
    while true {
      while let message = connection.next() {
        if let ending = obey(message) { return ending }
      }
      switch waitForEvent(signals) {
      case .signal: interrupt()
      case .input: sendInput()
      case .lab: if !connection.receive() { return .failed(reason: "the lab has ended") }
      case .none: continue
      }
    }
  }
}

// MARK: What happens here

extension LabClient {
  private enum Event { case signal, lab, input, none }

  private func waitForEvent(_ signals: SignalPipe) -> Event {
    let ready = Int16(POLLIN)
    var polled = [
      pollfd(fd: signals.descriptor, events: ready, revents: 0),
      pollfd(fd: connection.descriptor, events: ready, revents: 0),
      pollfd(fd: inputIsWanted ? STDIN_FILENO : -1, events: ready, revents: 0),
    ]
    guard poll(&polled, nfds_t(polled.count), -1) > 0 else { return .none }
    if polled[0].revents != 0 {
      _ = signals.take()
      return .signal
    }
    if polled[1].revents != 0 { return .lab }
    return polled[2].revents != 0 ? .input : .none
  }

  /// The first Ctrl-C is the command's; a second one ends the client, whatever the command does.
  private mutating func interrupt() {
    interrupts += 1
    if interrupts > 1 { die(of: SIGINT) }
    connection.send(.interrupted)
  }

  private mutating func sendInput() {
    inputIsWanted = false
    let bytes = Descriptors.read(STDIN_FILENO, upTo: 65536) ?? []
    connection.send(bytes.isEmpty ? .inputEnded : .input(bytes))
  }
}

// MARK: What the lab says

extension LabClient {
  /// How the command has ended, where the message tells.
  private mutating func obey(_ message: ServerMessage) -> Ending? {
    switch message {
    case .output(let bytes): put(bytes, to: output)
    case .error(let bytes): put(bytes, to: STDERR_FILENO)
    case .fileOutput(let path, let bytes):
      if let reason = files.write(bytes, to: path) { return .failed(reason: "\(path): \(reason)") }
    case .wantsInput: inputIsWanted = true
    case .wantsFile(let path): connection.send(UserFile.read(path))
    case .wantsEditing(let text): connection.send(.edited(UserEditor.edit(text)))
    case .shell(let stack, let line): return .shell(stack: stack, line: line)
    case .ended(let status): return .exited(status)
    case .refused(let reason): return .failed(reason: reason)
    case .host: break
    }
    return nil
  }

  /// Where nobody reads any more, the client dies of it, as the real tool would.
  private func put(_ bytes: [UInt8], to descriptor: Int32) {
    if !Descriptors.write(bytes, to: descriptor), errno == EPIPE { die(of: SIGPIPE) }
  }
}

/// Why a lab gives no answer.
package struct ClientError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String
}
