/// A stream of numbers in place of what the real thing draws at random.
///
/// It depends on the seed and on what is drawn for, and on nothing else: the order in which things are drawn
/// does not matter. The generator is SplitMix64 over an FNV-1a hash.
package struct Draw: Sendable {
  private var state: UInt64

  package init(seed: UInt64, for purpose: String...) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    for byte in purpose.joined(separator: "\n").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    state = hash
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  package mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// The first number of `range` that `isFree`, from a random place upwards and around; `nil` where none is.
  mutating func number(in range: ClosedRange<Int>, where isFree: (Int) -> Bool) -> Int? {
    let start = number(in: range)
    return (start...range.upperBound).first(where: isFree) ?? (range.lowerBound..<start).first(where: isFree)
  }

  /// A word of `length` characters, as Kubernetes draws for names.
  ///
  /// Source: Kubernetes `staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go`, `alphanums`.
  mutating func nameSuffix(length: Int) -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
    return String((0..<length).map { _ in alphabet[number(in: 0...(alphabet.count - 1))] })
  }

  /// `length` hexadecimal digits.
  mutating func hexDigits(length: Int) -> String {
    String((0..<length).map { _ in Character(String(number(in: 0...15), radix: 16)) })
  }
}
