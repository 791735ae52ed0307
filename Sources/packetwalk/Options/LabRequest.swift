import Presentation

/// Which lab, in which state, and how it is told; without anything asked for, the defaults.
struct LabRequest {
  var lab = "cilium-week4"
  var chapter: String?
  var mode: LabOptions.Mode?
  var seed: UInt64?
  var clock: LabOptions.Clock?
  var lang: Language?
  var ascii = false

  /// The language that was asked for, else that of the locale.
  var language: Language { lang ?? LabOptions.localeLanguage }
}

extension LabOptions {
  /// What the options say.
  var request: LabRequest {
    LabRequest(lab: lab, chapter: chapter, mode: mode, seed: seed, clock: clock, lang: lang, ascii: ascii)
  }

  /// Whether nothing of the lab itself was asked for.
  var asksForNothing: Bool {
    lab == LabRequest().lab && chapter == nil && mode == nil && seed == nil && clock == nil
  }
}
