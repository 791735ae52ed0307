import PacketTesting
import Testing

@testable import PacketTrace

@Suite struct AlignmentTests {
  @Test(arguments: [
    ("", "", ""), ("abc", "abc", "aa bb cc"), ("abc", "", "a- b- c-"), ("", "ab", "-a -b"),
    ("axb", "ayb", "aa x- -y bb"), ("ab", "xaby", "-x aa bb -y"), ("abcd", "acd", "aa b- cc dd"),
  ])
  func rows(left: String, right: String, expected: String) {
    let rows = aligned(Array(left), Array(right)) { $0 == $1 }
    #expect(rows.map { "\($0.left ?? "-")\($0.right ?? "-")" }.joined(separator: " ") == expected)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func keepsBothAndSharesAsMuchAsItCan(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (left, right) = (letters(&generator), letters(&generator))
    let rows = aligned(left, right) { $0 == $1 }
    #expect(rows.compactMap(\.left) == left)
    #expect(rows.compactMap(\.right) == right)
    #expect(rows.allSatisfy { $0.left == nil || $0.right == nil || $0.left == $0.right })
    let shared = rows.filter { $0.left != nil && $0.right != nil }.count
    #expect(shared == longestShared(left[...], right[...]))
  }

  private func letters(_ generator: inout SeededGenerator) -> [Character] {
    (0..<Int.random(in: 0...7, using: &generator)).map { _ in
      ["a", "b", "c"].randomElement(using: &generator) ?? "a"
    }
  }

  /// By trying everything.
  private func longestShared(_ left: ArraySlice<Character>, _ right: ArraySlice<Character>) -> Int {
    guard let first = left.first else { return 0 }
    let without = longestShared(left.dropFirst(), right)
    guard let match = right.firstIndex(of: first) else { return without }
    return max(without, 1 + longestShared(left.dropFirst(), right[(match + 1)...]))
  }
}
