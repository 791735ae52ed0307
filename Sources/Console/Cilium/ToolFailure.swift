/// Why one of Cilium's tools, or Helm, ends without having done what was asked.
struct ToolFailure: Error, Hashable, Sendable {
  /// What it has printed until then.
  var standardOutput: String = ""
  /// The tool's own lines, each with its newline.
  var standardError: String
  /// The tool's own exit status; 127 for what the lab does not model.
  var status: Int32

  /// A message as cobra's tools print it, with exit status 1.
  static func error(_ message: String) -> ToolFailure {
    ToolFailure(standardError: "Error: \(message)\n", status: 1)
  }

  /// Something that the real tool does and the lab does not.
  static func notModelled(_ what: String) -> ToolFailure {
    ToolFailure(standardError: "\(what): not modelled here\n", status: 127)
  }
}

extension CommandResult {
  init(_ failure: ToolFailure) {
    self.init(
      standardOutput: failure.standardOutput, standardError: failure.standardError, status: failure.status)
  }
}

extension FlagSet {
  /// Reads the options of a command.
  ///
  /// - Parameter line: the command as errors name it.
  func parse(_ words: [String], of line: String) throws(ToolFailure) -> ParsedFlags {
    let parsed: ParsedFlags
    do {
      parsed = try parse(words)
    } catch {
      throw .error(error.message)
    }
    if let option = parsed.unmodelled.first { throw .notModelled("\(line) \(option)") }
    return parsed
  }
}
