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

/// What a command can read, apart from its arguments, and what it writes to.
package struct CommandInput: Sendable {
  /// Standard output is a terminal.
  package var outputIsTerminal: Bool
  /// Standard input is a terminal.
  package var inputIsTerminal: Bool
  /// The terminal's size in cells; `nil` where there is none.
  package var terminalSize: TerminalSize?
  /// The bytes of a file on the machine where the program runs; `-` is standard input to its end.
  ///
  /// The first time that a file is asked for, the server behind the shells fetches it and begins the command anew.
  package var readBytes: @Sendable (String) throws(FileError) -> [UInt8]

  /// Columns and rows of a terminal.
  package struct TerminalSize: Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }

  package init(
    outputIsTerminal: Bool, inputIsTerminal: Bool, terminalSize: TerminalSize? = nil,
    readBytes: @escaping @Sendable (String) throws(FileError) -> [UInt8]
  ) {
    self.outputIsTerminal = outputIsTerminal
    self.inputIsTerminal = inputIsTerminal
    self.terminalSize = terminalSize
    self.readBytes = readBytes
  }

  /// Input that is there from the start; without `readFile` there are no files.
  package init(
    standardInput: String = "", outputIsTerminal: Bool = false,
    readFile: @escaping @Sendable (String) throws(FileError) -> String = { _ throws(FileError) in
      throw FileError(reason: "No such file or directory")
    }
  ) {
    self.init(outputIsTerminal: outputIsTerminal, inputIsTerminal: false) { path throws(FileError) in
      Array((path == "-" ? standardInput : try readFile(path)).utf8)
    }
  }

  /// The text of a file; what is no UTF-8 is repaired.
  package func readFile(_ path: String) throws(FileError) -> String {
    String(decoding: try readBytes(path), as: UTF8.self)
  }

  /// Standard input to its end; what is no UTF-8 is repaired.
  package var standardInput: String { (try? readFile("-")) ?? "" }
}

/// A file that could not be read.
package struct FileError: Error, Hashable, Sendable {
  /// C's `strerror` of the error number.
  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}
