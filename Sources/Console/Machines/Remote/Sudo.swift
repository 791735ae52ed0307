import NetModel

/// `sudo`: everybody is root here already; the command behind the options runs, or a shell.
///
/// Source: sudo(8).
enum Sudo {
  /// What is to run.
  enum Task: Hashable {
    case command([String])
    /// The user's own, which goes on where it is.
    case shell
  }

  static func task(of words: [String]) throws(Refusal) -> Task {
    let command = try command(in: words)
    let asksForShell = words.prefix(words.count - command.count).contains { shellOptions.contains($0) }
    let isShell = command.count == 1 && Kubectl.isShell(command[0])
    if isShell || command.isEmpty && asksForShell || isSwitchToRoot(command) { return .shell }
    guard !command.isEmpty else { throw .notModelled("without a command") }
    return .command(command)
  }

  private static let shellOptions = ["-i", "-s", "--login", "--shell"]

  /// `su`, as a login or not.
  private static func isSwitchToRoot(_ words: [String]) -> Bool {
    words.first == "su" && words.dropFirst().allSatisfy { ["-", "-l", "--login", "root"].contains($0) }
  }

  /// The command and its words; empty where none was given.
  private static func command(in words: [String]) throws(Refusal) -> [String] {
    var rest = words[...]
    while let word = rest.first, word.hasPrefix("-"), word.count > 1 {
      rest.removeFirst()
      switch word {
      case "--": return Array(rest)
      case "-n", "-E", "-S", "-H", "-k", "-b", "--non-interactive", "--preserve-env": break
      case _ where shellOptions.contains(word): break
      default: throw .notModelled(word)
      }
    }
    // Variables for the command mean nothing to the lab's commands.
    return Array(rest.drop { $0.contains("=") && !$0.hasPrefix("=") })
  }
}
