/// A stream of numbers in place of what the real thing draws at random.
///
/// It depends on the seed and on what is drawn for, and on nothing else: the order in which things are drawn
/// does not matter. The generator is SplitMix64 over an FNV-1a hash.
package struct Draw: Sendable {
  private var state: UInt64

  package init(seed: UInt64, for purpose: String...) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    for (index, part) in purpose.enumerated() {
      if index > 0 { add(UInt8(ascii: "\n")) }
      part.utf8.forEach(add)
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
    word(of: "bcdfghjklmnpqrstvwxz2456789", length: length)
  }

  /// The hash of a pod template, as Kubernetes spells it: the decimal digits of 32 bits in letters and digits that
  /// make no words.
  ///
  /// Source: Kubernetes `pkg/controller/controller_utils.go`, `ComputeHash`; `rand.SafeEncodeString`.
  mutating func templateHash() -> String {
    let letters = Array("456789bcdf".utf8)
    let digits = String(UInt32(truncatingIfNeeded: next())).utf8
    return String(decoding: digits.map { letters[Int($0 - UInt8(ascii: "0"))] }, as: UTF8.self)
  }

  /// `length` hexadecimal digits.
  mutating func hexDigits(length: Int) -> String {
    word(of: "0123456789abcdef", length: length)
  }

  private mutating func word(of alphabet: String, length: Int) -> String {
    let letters = Array(alphabet.utf8)
    let bytes = (0..<length).map { _ in letters[number(in: 0...(letters.count - 1))] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
