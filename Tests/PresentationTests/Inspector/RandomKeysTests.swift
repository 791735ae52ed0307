import ControlPlane
import NetModel
import PacketTesting
import Testing

@testable import Presentation

/// Whatever is typed and however small the terminal: nothing crashes and every cell is where it belongs.
@Suite struct RandomKeys {
  static let sizes: [Size] = [
    Size(columns: 1, rows: 1), Size(columns: 2, rows: 40), Size(columns: 200, rows: 2),
    Size(columns: 30, rows: 8), Size(columns: 60, rows: 15), Size(columns: 63, rows: 22),
    Size(columns: 80, rows: 24), Size(columns: 84, rows: 40), Size(columns: 85, rows: 25),
    Size(columns: 100, rows: 30), Size(columns: 120, rows: 36), Size(columns: 211, rows: 63),
  ]

  static let keys: [Key] =
    Action.allCases.filter { $0 != .quit }.flatMap(\.keys)
    + [.character("ㅡ"), .character("가"), .character("x"), .backspace, .paste("k8s-w0"), .character("1")]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func neverLeaveTheScreen(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var state = try WeekFour.state(glyphs: seed % 2 == 0 ? .box : .ascii)
    var typed: [Key] = []
    for _ in 0..<60 {
      let key = RandomKeys.keys[Int(random.next() % UInt64(RandomKeys.keys.count))]
      typed.append(key)
      _ = update(&state, .keyPressed(key))
      for size in RandomKeys.sizes {
        let frame = view(state, size: size)
        #expect(frame.size == size, "seed \(seed), keys \(typed)")
        #expect(frame.brokenCell == nil, "seed \(seed), keys \(typed), size \(size)")
      }
    }
  }
}

extension Frame {
  /// The first cell that is half of a wide character without the other half, or nothing a cell can hold.
  var brokenCell: Position? {
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let cell = cells[row * size.columns + column]
        let next = column + 1 < size.columns ? cells[row * size.columns + column + 1].scalar : " "
        let isLead = cell.scalar.cellWidth == 2
        let isCut = isLead != (next == Cell.continuation)
        let isControl = cell.scalar.value < 0x20 && cell.scalar != Cell.continuation
        let isFirstHalfMissing = column == 0 && cell.scalar == Cell.continuation
        if isCut || isControl || isFirstHalfMissing { return Position(column: column, row: row) }
      }
    }
    return nil
  }
}
