import ControlPlane
import Foundation
import NetModel
import PacketTesting
import PacketTrace
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

  /// How many keys a run takes: `RANDOM_KEYS=100000 swift test --filter manyKeysAndResizes`.
  static var count: Int {
    ProcessInfo.processInfo.environment["RANDOM_KEYS"].flatMap(Int.init) ?? 10_000
  }

  /// A run of keys with commands and resizes in between: no crash, no broken frame, and Esc always leads back.
  @Test(arguments: [
    ProcessInfo.processInfo.environment["RANDOM_SEED"].flatMap(UInt64.init) ?? 7
  ])
  func manyKeysAndResizes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var state = try WeekFour.state()
    var size = RandomKeys.sizes[6]
    for number in 0..<RandomKeys.count {
      let key = RandomKeys.keys[Int(random.next() % UInt64(RandomKeys.keys.count))]
      for effect in update(&state, .keyPressed(key)) {
        if case .run = effect { _ = update(&state, .commandEnded(status: 0)) }
      }
      if random.next() % 16 == 0 {
        size = RandomKeys.sizes[Int(random.next() % UInt64(RandomKeys.sizes.count))]
        state.screen = size
      }
      guard random.next() % 8 == 0 else { continue }
      let frame = view(state, size: size)
      if frame.size != size || frame.brokenCell != nil {
        Issue.record("seed \(seed), key \(number): \(key) at \(size)")
        return
      }
    }
    let back = state.pressing(Array(repeating: .escape, count: 60), catchesUp: false)
    #expect(back.view == .walk && back.overlay == nil && !back.commandLine.isOpen, "seed \(seed)")
  }
}

/// Names from outside cannot change the terminal or the layout.
@Suite struct HostileNames {
  static let names = [
    "\u{1B}[2J\u{1B}]0;owned\u{7}", "\u{202E}txet\u{2066}", "a" + String(repeating: "\u{301}", count: 500),
    String(repeating: "x", count: 10_000), "\u{9B}31m", "tab\there\nand\rthere", "\u{FFFD}\u{FFFD}", "한글이름",
  ]

  @Test(arguments: names) func areShownHarmlessly(name: String) throws {
    var state = try WeekFour.state()
    state.title = name
    state.log.write(name, isError: true)
    state.commandLine.text = EditableText(name)
    state.tell(.saved(path: name))
    for view in ViewID.allCases {
      let shown = state.pressing([.character(Character("\(view.rawValue)"))], catchesUp: false)
      for size in [RandomKeys.sizes[4], RandomKeys.sizes[6], RandomKeys.sizes[10]] {
        for isTyping in [false, true] {
          var state = shown
          if isTyping { state.openCommandLine(name) }
          let frame = Presentation.view(state, size: size)
          #expect(frame.brokenCell == nil, "\(view) \(size)")
          #expect(frame.marks.values.allSatisfy { $0.count <= 4 })
        }
      }
    }
  }

  /// Machines, interfaces and wires of a lab file bear any names.
  @Test(arguments: names) func ofALabAreShownHarmlessly(name: String) throws {
    let wire = Wire(id: WireID(name), subnet: IPv4Prefix(IPv4Address(192, 0, 2, 0), length: 24))
    let machines = (1...2).map { number in
      let local = IPv4InterfaceAddress(IPv4Address(192, 0, 2, UInt8(number)), length: 24)
      let interface = Interface(
        name: name, index: 2, mac: MACAddress(rawValue: UInt64(number)),
        addresses: [Interface.Address(local: local, label: name)], attachment: .wire(wire.id))
      let id = StackID.host(NodeID(name + String(number)))
      return Machine(stack: NetworkStack(id: id, interfaces: [.loopback, interface]))
    }
    let network = Network(name: name, wires: [wire], machines: machines)
    let flow = Flow(
      origin: machines[0].stack.id, destination: IPv4Address(192, 0, 2, 2),
      content: .transport(.tcp, port: 80))
    let state = InspectorState(title: name, network: network, flow: flow)
    #expect(!state.itinerary.stops.isEmpty)
    for view in ViewID.allCases {
      var shown = state.pressing([.character(Character("\(view.rawValue)")), .pageDown])
      for size in [RandomKeys.sizes[4], RandomKeys.sizes[6], RandomKeys.sizes[10]] {
        for keys in [[], [.function(1)], [.escape, .character("d")]] as [[Key]] {
          shown = shown.pressing(keys)
          let frame = Presentation.view(shown, size: size)
          #expect(frame.brokenCell == nil, "\(view) \(size)")
          #expect(frame.marks.values.allSatisfy { $0.count <= 4 })
          #expect(frame.cells.allSatisfy { !$0.scalar.isBidirectionalControl })
        }
      }
    }
  }
}

extension Unicode.Scalar {
  /// What turns the writing direction of a terminal's row (Unicode Standard Annex 9).
  fileprivate var isBidirectionalControl: Bool {
    ("\u{202A}"..."\u{202E}").contains(self) || ("\u{2066}"..."\u{2069}").contains(self)
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
