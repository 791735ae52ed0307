import NetModel

/// `sudo`: everybody is root here already; the command behind the options runs.
///
/// Source: sudo(8).
enum Sudo {
  /// The command and its words; empty where none was given.
  static func command(in words: [String]) throws(Refusal) -> [String] {
    var rest = words[...]
    while let word = rest.first, word.hasPrefix("-"), word.count > 1 {
      rest.removeFirst()
      switch word {
      case "--": return Array(rest)
      case "-n", "-E", "-S", "-H", "-k", "-b", "--non-interactive", "--preserve-env": break
      default: throw .notModelled(word)
      }
    }
    // Variables for the command mean nothing to the lab's commands.
    return Array(rest.drop { $0.contains("=") && !$0.hasPrefix("=") })
  }
}
