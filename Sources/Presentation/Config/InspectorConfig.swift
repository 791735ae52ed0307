import Importing
import NetModel

/// How the inspector is to be, as a person wrote it down.
package struct InspectorConfig: Hashable, Sendable {
  /// `nil` follows the locale.
  package var language: Language?
  package var theme = Theme.terminal
  package var view = ViewID.walk
  package var keyMap = KeyMap.standard

  package enum Theme: String, Hashable, Sendable, CaseIterable {
    /// The terminal's own colours.
    case terminal
    /// No colours: words, bold and reverse alone.
    case mono
  }

  package init() {}

  /// Takes over what `file` says; `faults` are its own and those of words that nothing here knows.
  package init(_ file: ConfigFile, named name: String, faults: inout [LabError]) {
    faults += file.faults
    var words = ConfigWords(file: name)
    language = words.word(file.language)
    theme = words.word(file.theme) ?? .terminal
    view = words.view(file.view) ?? .walk
    for entry in file.keys { words.assign(entry, in: &keyMap) }
    faults += words.faults
  }

  /// A file with every setting at its default, commented out.
  package static var defaultText: String {
    let views = ViewID.allCases.map { "\($0)" }.joined(separator: ", ")
    let keys = Action.allCases.map { action in
      let names = action.keys.map { JSONValue.quoted(KeyTokens.name(of: $0)) }.joined(separator: ", ")
      return "#   \(action.rawValue): [\(names)]  # \(InspectorWords(.english).help(action))"
    }
    return """
      # packetwalk's settings: put this at $XDG_CONFIG_HOME/packetwalk/config.yaml
      # (else ~/.config/packetwalk/config.yaml) and take the "#" off what you change.

      # en or ko; without it the locale decides.
      # language: en

      # terminal: the terminal's own colours; mono: none.
      # theme: terminal

      # The view at the start: \(views).
      # view: walk

      # Keys by action; a key that is given here loses what it did before.
      # Names: a character, Up, PgDn, Enter, Space, Tab, Esc, F1, S-F8 (Shift), C-r (Ctrl).
      # keys:
      \(keys.joined(separator: "\n"))

      """
  }
}

/// Finds what the words of a configuration file stand for.
private struct ConfigWords {
  let file: String
  var faults: [LabError] = []

  init(file: String) {
    self.file = file
  }

  mutating func word<Word>(_ entry: ConfigFile.Entry?) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    guard let entry else { return nil }
    if let word = Word(rawValue: entry.text) { return word }
    report(.invalidValue(entry.text, expected: .word(Word.allCases.map(\.rawValue))), at: entry)
    return nil
  }

  mutating func view(_ entry: ConfigFile.Entry?) -> ViewID? {
    guard let entry else { return nil }
    if let view = ViewID.allCases.first(where: { "\($0)" == entry.text }) { return view }
    report(.invalidValue(entry.text, expected: .word(ViewID.allCases.map { "\($0)" })), at: entry)
    return nil
  }

  mutating func assign(_ entry: ConfigFile.KeyEntry, in keyMap: inout KeyMap) {
    guard let action = Action(rawValue: entry.action.text) else {
      let known = Action.allCases.map(\.rawValue)
      report(.unknownKey(entry.action.text, similar: nil, known: known), at: entry.action)
      return
    }
    var keys: [Key] = []
    for name in entry.keys {
      guard let found = try? KeyTokens.keys(parsing: name.text), found.count == 1 else {
        report(.invalidValue(name.text, expected: .word(["a key such as F5, C-r or x"])), at: name)
        return
      }
      keys += found
    }
    keyMap.assign(keys, to: action)
  }

  private mutating func report(_ problem: LabError.Problem, at entry: ConfigFile.Entry) {
    faults.append(LabError(file: file, position: entry.position, problem: problem))
  }
}
