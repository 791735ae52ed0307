import ArgumentParser
import Presentation

/// `config`: the settings at their defaults, as a file to change.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a settings file with every default, commented out.",
    discussion: """
      EXAMPLES
        packetwalk config > ~/.config/packetwalk/config.yaml
      """)

  func run() throws {
    try writeAnswer(InspectorConfig.defaultText)
  }
}
