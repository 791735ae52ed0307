import PacketTesting
import Testing

@testable import ControlPlane

@Suite struct FreeBlocksTests {
  /// Reference example: one of two equal pieces stays in front.
  @Test func olderOfTwoEqualPiecesComesFirst() {
    var free = FreeBlocks(first: 1, last: 6)
    for _ in 1...4 { _ = free.takeAny() }
    free.put(2)
    let next = (1...4).map { _ in free.takeAny() }
    #expect(next == [5, 6, 2, nil])
  }

  @Test func shorterSideIsUsedUpFirst() {
    var free = FreeBlocks(first: 1, last: 20)
    free.take(17)
    let next = (1...4).map { _ in free.takeAny() }
    #expect(next == [18, 19, 20, 1])
  }

  @Test func whatIsTakenCannotBeTakenAgain() {
    var free = FreeBlocks(first: 1, last: 2)
    let taken = [2, 2, 3].map { free.take($0) }
    #expect(taken == [true, false, false])
    let next = (1...2).map { _ in free.takeAny() }
    #expect(next == [1, nil])
  }

  /// Random histories take the same addresses as the original's linked heap.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func agreesWithTheOriginal(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let last = UInt128.random(in: 1...60, using: &random)
    var free = FreeBlocks(first: 1, last: last)
    let original = LinkedFreeBlocks(first: 1, last: last)
    var taken: [UInt128] = []
    for step in 0..<400 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<3:
        let number = free.takeAny()
        #expect(number == original.takeAny(), "seed \(seed), step \(step)")
        taken += [number].compactMap(\.self)
      case 3..<6:
        let number = UInt128.random(in: 1...last, using: &random)
        let isTaken = free.take(number)
        #expect(isTaken == original.take(number), "seed \(seed), step \(step)")
        if isTaken { taken.append(number) }
      default:
        guard let number = taken.randomElement(using: &random) else { continue }
        taken.removeAll { $0 == number }
        free.put(number)
        original.put(number)
      }
    }
    while let number = original.takeAny() {
      let other = free.takeAny()
      #expect(other == number, "seed \(seed), at the end")
    }
    #expect(free.heap.isEmpty)
  }
}
