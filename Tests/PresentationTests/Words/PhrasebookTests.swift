import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Presentation

/// Words for every value that has no payload; sentences with payloads are compared whole elsewhere.
@Suite struct PhrasebookTests {
  @Test(arguments: Language.allCases)
  func everyCaseHasWordsOfItsOwn(language: Language) {
    let words = language.phrasebook
    let lists = [
      Step.Kind.allCases.map { words.title($0) },
      Disposition.allCases.map { words.disposition($0) },
      Reason.allCases.map { words.reason($0) },
      EvidenceTable.Why.allCases.map { words.why($0, asked: "10.0.0.1") },
      Remark.allCases.map { words.remark($0) },
      ConntrackState.allCases.map { words.conntrack($0) },
      Label.allCases.map { words.label($0) },
      PacketField.Name.allCases.map { words.field($0) },
    ]
    for list in lists {
      #expect(list.allSatisfy { !$0.isEmpty })
      #expect(Set(list).count == list.count, "two cases with the same words: \(list)")
    }
  }

  @Test(arguments: Language.allCases)
  func noSentenceMixesTheLanguages(language: Language) {
    let words = language.phrasebook
    let sentences = Remark.allCases.map { words.remark($0) } + Reason.allCases.map { words.reason($0) }
    for sentence in sentences {
      let hasHangul = sentence.unicodeScalars.contains { (0xac00...0xd7a3).contains($0.value) }
      #expect(hasHangul == (language == .korean), "\(sentence)")
    }
  }

  @Test(arguments: [
    (nil, Language.english), ("C", .english), ("ko_KR.UTF-8", .korean), ("ko", .korean), ("en_US", .english),
    ("de_DE@euro", .english), ("KO", .korean), ("kok_IN", .english),
  ])
  func localesNameLanguages(locale: String?, language: Language) {
    #expect(Language(locale: locale) == language)
  }

  @Test(arguments: [
    (60, "60으로"), (61, "61로"), (62, "62로"), (63, "63으로"), (64, "64로"), (65, "65로"), (66, "66으로"),
    (67, "67로"), (68, "68로"), (69, "69로"),
  ])
  func particleOfDirectionFollowsTheNumber(number: Int, text: String) {
    #expect(toward(number) == text)
  }

  @Test func namesFromFilesAreMadeVisible() {
    let flow = FlowError.unknownName("a\u{1b}[2J", nearest: ["b\u{202e}"])
    #expect(English().error(flow) == "nothing is called 'a^[[2J' here; did you mean b<U+202E>?")
    let stack = StackID.pod(PodID(namespace: "x", name: "y\n"))
    #expect(English().questionWhatIsSent(by: stack) == "What does x/y^J send?")
  }
}
