/// The languages that the program speaks; the raw value is the code of `--lang`.
package enum Language: String, Hashable, Sendable, CaseIterable {
  case english = "en"
  case korean = "ko"

  /// The language that a locale's name asks for (`ko_KR.UTF-8`); English for all that is not Korean.
  package init(locale: String?) {
    let code = locale?.prefix { $0 != "_" && $0 != "." && $0 != "@" }
    self = code.flatMap { Language(rawValue: $0.lowercased()) } ?? .english
  }

  /// The words of the language.
  package var phrasebook: any Phrasebook {
    switch self {
    case .english: English()
    case .korean: Korean()
    }
  }
}
