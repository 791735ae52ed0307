import Presentation
import Testing

@testable import CursesBackend

@Suite struct KeyDecoderTests {
  static let sequences: [(bytes: String, key: Key)] = [
    ("a", .character("a")), ("~", .character("~")), ("é", .character("é")), ("한", .character("한")),
    ("😀", .character("😀")), ("\t", .tab), ("\r", .enter), ("\n", .enter), ("\u{7F}", .backspace),
    ("\u{08}", .backspace), ("\u{12}", .control("r")), ("\0", .control("@")), ("\u{1C}", .control("\\")),
    ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OB", .down),
    ("\u{1B}[C", .right), ("\u{1B}OC", .right), ("\u{1B}[D", .left), ("\u{1B}OD", .left),
    ("\u{1B}[H", .home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home),
    ("\u{1B}[F", .end), ("\u{1B}OF", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end),
    ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[2~", .insert), ("\u{1B}[3~", .delete),
    ("\u{1B}[Z", .backTab), ("\u{1B}OM", .enter), ("\u{1B}[1;5C", .right),
    ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)),
    ("\u{1B}OS", .function(4)), ("\u{1B}[[E", .function(5)), ("\u{1B}[15~", .function(5)),
    ("\u{1B}[17~", .function(6)), ("\u{1B}[19~", .function(8)), ("\u{1B}[21~", .function(10)),
    ("\u{1B}[23~", .function(11)), ("\u{1B}[24~", .function(12)),
    ("\u{1B}[1;2P", .shiftFunction(1)), ("\u{1B}[19;2~", .shiftFunction(8)),
    ("\u{1B}[19;6~", .shiftFunction(8)), ("\u{1B}[19;5~", .function(8)),
    ("\u{1B}[25~", .shiftFunction(1)), ("\u{1B}[34~", .shiftFunction(8)),
    ("\u{1B}[200~two\nlines\u{1B}[A한\u{1B}[201~", .paste("two\nlines\u{1B}[A한")),
  ]

  @Test(arguments: sequences)
  func oneSequenceIsOneKey(bytes: String, key: Key) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: bytes.utf8) == [key])
    #expect(decoder.unfinished == nil)
  }

  @Test(arguments: sequences)
  func aSequenceInPiecesIsTheSameKey(bytes: String, key: Key) {
    var decoder = KeyDecoder()
    let last = bytes.utf8.count - 1
    for (index, byte) in bytes.utf8.enumerated() {
      #expect(decoder.keys(from: [byte]) == (index == last ? [key] : []))
    }
  }

  @Test func aBurstIsTheKeysOneByOne() {
    var decoder = KeyDecoder()
    let keys = decoder.keys(from: Self.sequences.map(\.bytes).joined().utf8)
    #expect(keys == Self.sequences.map(\.key))
  }

  @Test func aLoneEscapeWaitsUntilNothingFollows() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [0x1B]) == [])
    #expect(decoder.unfinished == .escape)
    #expect(decoder.finish() == [.escape])
    #expect(decoder.unfinished == nil)
  }

  @Test(arguments: [
    ("\u{1B}x", [Key.escape, .character("x")]),
    ("\u{1B}\u{1B}[A", [.escape, .up]),
    ("\u{1B}[1;\u{1B}[B", [.down]),
    ("\u{1B}[99~q", [.character("q")]),
    ("\u{1B}[?1;2cq", [.character("q")]),
    ("\u{1B}Ojq", [.character("q")]),
    ("\u{1B}[\rq", [.enter, .character("q")]),
  ])
  func whatNoKeySendsIsPassedOver(bytes: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: bytes.utf8) == keys)
  }

  @Test(
    arguments: [
      [0xFF], [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5], [0xE1, 0x80],
      [0xC2, 0x85],
    ] as [[UInt8]])
  func invalidCharactersHideNothingAfterThem(invalid: [UInt8]) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: invalid + [UInt8(ascii: "q")]) == [.character("q")])
  }

  /// Found by `Tests/Fuzz/run keys`: each further byte was looked at with all before it.
  @Test func aSequenceThatDoesNotEndIsDropped() {
    var decoder = KeyDecoder()
    let endless = Array("\u{1b}[".utf8) + Array(repeating: UInt8(ascii: "1"), count: 1_000_000)
    _ = decoder.keys(from: endless)
    _ = decoder.finish()
    #expect(decoder.keys(from: Array("q".utf8)) == [.character("q")])
  }

  @Test func aPasteOfMarksIsTakenWhole() {
    var decoder = KeyDecoder()
    let text = String(repeating: "~", count: 200_000)
    #expect(decoder.keys(from: Array("\u{1b}[200~\(text)\u{1b}[201~".utf8)) == [.paste(text)])
  }

  @Test func anUnfinishedSequenceIsDroppedButNotAPaste() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: "\u{1B}[1;".utf8) == [])
    #expect(decoder.unfinished == .sequence)
    #expect(decoder.finish() == [])
    #expect(decoder.keys(from: "\u{1B}[200~rm".utf8) == [])
    #expect(decoder.finish() == [])
    #expect(decoder.unfinished == .paste)
    #expect(decoder.keys(from: "\u{1B}[201~".utf8) == [.paste("rm")])
  }

  /// Whatever bytes come, in whatever pieces: the same keys, and `q` still arrives after a pause.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func anyBytesInAnyPiecesGiveTheSameKeys(seed: UInt64) {
    var numbers = SplitMix64(seed: seed)
    let alphabet: [UInt8] = [0x1B, 0x5B, 0x4F, 0x3B, 0x31, 0x39, 0x7E, 0x41, 0x71, 0x80, 0xED, 0xC3, 0x0D]
    let bytes = (0..<40).map { _ in alphabet[Int(numbers.next() % UInt64(alphabet.count))] }
    var whole = KeyDecoder()
    var pieces = KeyDecoder()
    #expect(whole.keys(from: bytes) == bytes.flatMap { pieces.keys(from: [$0]) }, "seed \(seed): \(bytes)")
    #expect(whole.finish() == pieces.finish(), "seed \(seed): \(bytes)")
    #expect(whole.keys(from: "q".utf8) == [.character("q")], "seed \(seed): \(bytes)")
  }
}

/// A small generator whose numbers follow from its seed alone.
///
/// Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
