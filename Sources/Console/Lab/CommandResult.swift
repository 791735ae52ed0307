/// What a finished command has written, and its exit status.
package struct CommandResult: Hashable, Sendable {
  package var standardOutput: String
  package var standardError: String
  /// 0 for success, as the real tool has it for all else; 127 where the lab does not model what was asked.
  package var status: Int32

  package init(standardOutput: String = "", standardError: String = "", status: Int32 = 0) {
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.status = status
  }
}

/// What a command can read, apart from its arguments.
package struct CommandInput: Sendable {
  package var standardInput: String
  /// Standard output is a terminal.
  package var outputIsTerminal: Bool
  /// The text of a file on the machine where the program runs.
  package var readFile: @Sendable (String) throws(FileError) -> String

  package init(
    standardInput: String = "", outputIsTerminal: Bool = false,
    readFile: @escaping @Sendable (String) throws(FileError) -> String = { _ throws(FileError) in
      throw FileError(reason: "No such file or directory")
    }
  ) {
    self.standardInput = standardInput
    self.outputIsTerminal = outputIsTerminal
    self.readFile = readFile
  }
}

/// A file that could not be read.
package struct FileError: Error, Hashable, Sendable {
  /// C's `strerror` of the error number.
  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}
