/// What one of Cilium's tools, or Helm, says of itself: the commands that the lab has.
enum ToolUsage {
  /// - Parameter commands: each with its words.
  static func text(of tool: String, commands: [String]) -> String {
    "Usage:\n  \(tool) [command]\n\nCommands that are modelled here:\n"
      + commands.map { "  \(tool) \($0)\n" }.joined()
  }

  /// The line asks for nothing but help.
  static func isAsked(by words: [String]) -> Bool {
    words.isEmpty || ["help", "--help", "-h"].contains(words[0])
  }
}
