import NetModel
import Testing

struct HashTests {
  /// Source: the reference implementation's own values; the last two as Maglev hashes backends.
  @Test(
    arguments: [
      ("", 0, 0, 0),
      ("hello", 0, 0xcbd8_a7b3_41bd_9b02, 0x5b1e_906a_48ae_1d19),
      ("hello, world", 0, 0x342f_ac62_3a5e_bc8e, 0x4cdc_bc07_9642_414d),
      ("[10.1.0.1:8080/TCP,State:active]", 0x24b7_ef82, 0xdea8_bc6d_da88_87fe, 0xb2cc_78dd_660e_c377),
      ("[10.1.0.2:8080/TCP,State:active]", 0x24b7_ef82, 0x0e20_498e_3fda_cbc4, 0x5ab9_b103_c013_0869),
    ] as [(String, UInt32, UInt64, UInt64)])
  func murmurOf(_ text: String, seed: UInt32, high: UInt64, low: UInt64) {
    let hash = Murmur3(Array(text.utf8), seed: seed)
    #expect(hash.high == high)
    #expect(hash.low == low)
  }

  /// A slow twin: the words of `jhash_final` as the kernel's header writes them, one after another.
  @Test func jenkinsAgreesWithTheKernelsWords() {
    var generator = SeededNumbers(seed: 7)
    for _ in 0..<1000 {
      let (first, second, third) = (generator.next(), generator.next(), generator.next())
      let seed = generator.next()
      var words = [first, second, third].map { $0 &+ 0xdead_beef &+ (3 << 2) &+ seed }
      for (target, other, bits) in [
        (2, 1, 14), (0, 2, 11), (1, 0, 25), (2, 1, 16), (0, 2, 4), (1, 0, 14), (2, 1, 24),
      ] as [(Int, Int, UInt32)] {
        words[target] ^= words[other]
        words[target] = words[target] &- (words[other] << bits | words[other] >> (32 - bits))
      }
      #expect(jenkinsHash(first, second, third, seed: seed) == words[2])
    }
  }

  private struct SeededNumbers {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt32(truncatingIfNeeded: state >> 32)
    }
  }
}
