extension IPFailure {
  /// What `ip` writes to standard error, line end included.
  var text: String {
    switch self {
    case .notModelled(let what): "ip: \(what): not modelled here\n"
    case .help: "ip: help: not modelled here\n"
    case .unknownOption(let option): "Option \"\(option)\" is unknown, try \"ip -help\".\n"
    case .unknownObject(let word): "Object \"\(word)\" is unknown, try \"ip help\".\n"
    case .unknownCommand(let word, let object):
      "Command \"\(word)\" is unknown, try \"ip \(object.helpName) help\".\n"
    case .incompleteCommand: "Command line is not complete. Try option \"help\"\n"
    case .wrongArgument(let word, let complaint): "Error: argument \"\(word)\" is wrong: \(complaint)\n"
    case .duplicate(let key, let second): "Error: duplicate \"\(key)\": \"\(second)\" is the second value.\n"
    case .duplicateOrGarbage(let key, let word):
      "Error: either \"\(key)\" is duplicate, or \"\(word)\" is a garbage.\n"
    case .expected(let expectation, let family, let word):
      "Error: \(family?.rawValue ?? "any valid") \(expectation.rawValue) is expected rather than \"\(word)\".\n"
    case .noSuchDevice(let name): "Cannot find device \"\(name)\"\n"
    case .deviceDoesNotExist(let name): "Device \"\(name)\" does not exist.\n"
    case .refused(let sentence, _, _): sentence + "\n"
    case .noSuchTable: "Error: ipv4: FIB table does not exist.\nDump terminated\n"
    case .kernel(.errno(let text)): "RTNETLINK answers: \(text)\n"
    case .kernel(.message(let text)): "Error: \(text).\n"
    }
  }

  /// The exit status of a single command.
  var status: Int32 {
    switch self {
    case .notModelled, .help: 127
    case .unknownOption, .unknownCommand, .incompleteCommand, .wrongArgument, .duplicate,
      .duplicateOrGarbage:
      255
    case .expected, .unknownObject, .noSuchDevice, .deviceDoesNotExist: 1
    case .refused(_, let status, _): status
    case .noSuchTable, .kernel: 2
    }
  }

  /// The tool leaves at once, whatever a batch still holds (C's `exit` in the command itself).
  var endsBatch: Bool {
    switch self {
    case .help, .unknownOption, .unknownCommand, .incompleteCommand, .wrongArgument, .duplicate,
      .duplicateOrGarbage, .expected:
      true
    case .refused(_, _, let endsBatch): endsBatch
    case .notModelled, .unknownObject, .noSuchDevice, .deviceDoesNotExist, .noSuchTable, .kernel: false
    }
  }
}
