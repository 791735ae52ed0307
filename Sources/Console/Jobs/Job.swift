import NetModel

/// A command that has been started in a lab and goes on until it ends.
///
/// It never blocks: where it has to wait it says for what, and is resumed when that has come. Whoever runs it
/// (a one-shot `exec`, the server behind the shells, the inspector) maps the lab's time onto real time.
package protocol Job: Sendable {
  /// Goes on until the command ends or has to wait.
  ///
  /// The first event is `.started`. A job that has ended is not resumed again.
  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState
}

/// Why a job goes on.
package enum JobEvent: Hashable, Sendable {
  case started
  /// The instant that it waited for has come.
  case timePassed
  /// Bytes from standard input, at least one.
  case input([UInt8])
  case inputEnded
  /// Ctrl-C: the command prints its summary, if it has one, and ends.
  case interrupted
  /// Something was changed in the lab, or packets were sent in it.
  case labChanged
  /// The user has closed the editor: the text as it is now; `nil` where there is no editor, or it failed.
  case edited(String?)
}

/// What a job does after it was resumed.
package enum JobState: Hashable, Sendable {
  case waiting(JobWait)
  /// With the real tool's exit status.
  case ended(status: Int32)
  /// The rest is for a real shell, which runs with the lab's commands on another stack.
  case handedOver(ShellRequest)
}

/// A command line for the user's own shell, with the lab's commands in it.
package struct ShellRequest: Hashable, Sendable {
  /// The stack that the lab's commands run on.
  package var stack: StackID
  /// What the shell runs; `nil` is an interactive shell.
  package var line: String?

  package init(stack: StackID, line: String?) {
    self.stack = stack
    self.line = line
  }
}

/// What a job waits for: whichever comes first. An interrupt resumes it at any time.
package struct JobWait: Hashable, Sendable {
  /// In the lab's time; `nil` waits for no instant.
  package var until: Instant?
  package var forInput: Bool
  package var forLabChange: Bool
  /// A text that the user is to edit in their own editor; nothing else is waited for.
  package var forEditing: String?

  package init(
    until: Instant? = nil, forInput: Bool = false, forLabChange: Bool = false, forEditing: String? = nil
  ) {
    self.until = until
    self.forInput = forInput
    self.forLabChange = forLabChange
    self.forEditing = forEditing
  }
}

/// What a job has written since it was last resumed, in order.
package struct JobOutput: Hashable, Sendable {
  package private(set) var chunks: [Chunk] = []

  package init() {}

  /// Bytes of one stream.
  package struct Chunk: Hashable, Sendable {
    package var stream: Stream
    package var bytes: [UInt8]
  }

  package enum Stream: Hashable, Sendable {
    case standardOutput, standardError
    /// A file of the user's, by the name that was given: the first bytes replace what was in it.
    case file(String)
  }

  /// Writes text to standard output.
  package mutating func write(_ text: String) {
    write(Array(text.utf8), to: .standardOutput)
  }

  /// Writes text to standard error.
  package mutating func writeError(_ text: String) {
    write(Array(text.utf8), to: .standardError)
  }

  /// Writes bytes behind those that were written before; no bytes make an empty file.
  package mutating func write(_ bytes: [UInt8], to stream: Stream) {
    if bytes.isEmpty, stream == .standardOutput || stream == .standardError { return }
    if let last = chunks.indices.last, chunks[last].stream == stream {
      chunks[last].bytes += bytes
    } else {
      chunks.append(Chunk(stream: stream, bytes: bytes))
    }
  }

  /// Hands over what was written, and forgets it.
  package mutating func take() -> [Chunk] {
    defer { chunks = [] }
    return chunks
  }

  /// All that was written to one stream, as text.
  package func text(of stream: Stream) -> String {
    String(decoding: chunks.filter { $0.stream == stream }.flatMap(\.bytes), as: UTF8.self)
  }
}

/// A command that needs no time: its whole output at once.
package struct FinishedJob: Job {
  private let result: CommandResult
  private let warnings: String

  /// - Parameter warnings: what stands on standard error before all else.
  package init(_ result: CommandResult, behind warnings: String = "") {
    self.result = result
    self.warnings = warnings
  }

  package mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    output.writeError(warnings)
    output.write(result.standardOutput)
    output.writeError(result.standardError)
    return .ended(status: result.status)
  }
}
