#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the user's environment says about the terminal.
package struct TerminalSettings: Hashable, Sendable {
  /// TERM; `nil` or empty where nothing is known about the terminal.
  package var name: String?
  /// False where NO_COLOR is set and not empty (no-color.org).
  package var usesColor: Bool
  /// How long a lone ESC waits for the rest of a sequence, in milliseconds.
  package var escapeDelayMilliseconds: Int
  /// UTF-8 even where the locale has other characters, for text that ASCII cannot show.
  package var forcesUnicode: Bool

  package init(
    name: String?, usesColor: Bool = true, escapeDelayMilliseconds: Int = 40, forcesUnicode: Bool = false
  ) {
    self.name = name
    self.usesColor = usesColor
    self.escapeDelayMilliseconds = escapeDelayMilliseconds
    self.forcesUnicode = forcesUnicode
  }

  /// The settings by TERM, NO_COLOR and ESCDELAY.
  package static func fromEnvironment() -> TerminalSettings {
    var settings = TerminalSettings(name: variable("TERM"))
    settings.usesColor = (variable("NO_COLOR") ?? "").isEmpty
    if let delay = variable("ESCDELAY").flatMap({ Int($0) }), (0...5000).contains(delay) {
      settings.escapeDelayMilliseconds = delay
    }
    return settings
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
