/// `sshpass`: gives a password to the command behind its options.
///
/// Source: sshpass 1.09 `main.c`, `parse_options`.
enum SSHPass {
  /// The command and its words.
  static func command(in words: [String]) throws(Refusal) -> [String] {
    var rest = words[...]
    while let word = rest.first, word.hasPrefix("-"), word.count > 1 {
      rest.removeFirst()
      guard let letter = word.dropFirst().first else { break }
      switch letter {
      case "p", "f", "d", "P":
        if word.count == 2, rest.popFirst() == nil {
          throw .complaint("sshpass: option requires an argument -- '\(letter)'\n", status: 1)
        }
      case "e", "v": break
      default: throw .complaint("sshpass: invalid option -- '\(letter)'\n", status: 1)
      }
    }
    guard !rest.isEmpty else { throw .notModelled("without a command") }
    return Array(rest)
  }
}
