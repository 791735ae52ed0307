import CursesBackend
import Presentation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program for the tests of `Terminal`: it shows what arrives, and ends in every way that a program can.
///
/// Keys: `q` ends, `e` writes to standard error, `f` traps, `o` overflows the stack, `s` runs a shell command.
@main
struct Probe {
  static func main() {
    do throws(TerminalError) {
      let terminal = try Terminal()
      var probe = Probe()
      probe.run(on: terminal)
    } catch {
      complain("refused: \(error)\n")
      exit(1)
    }
  }

  private var keyCount = 0
  private var lastKey: Key?
  private var frameCount = 0

  private mutating func run(on terminal: Terminal) {
    while true {
      frameCount += 1
      terminal.show(view(size: terminal.size, charset: terminal.charset))
      switch terminal.waitForEvent() {
      case .keys(let keys):
        keyCount += keys.count
        lastKey = keys.last
        if keys.contains(.character("q")) { return }
        keys.forEach { act(on: $0, terminal: terminal) }
      case .signal(let signal):
        terminal.close()
        Terminal.die(of: signal)
      case .gone: return
      case .resized, .readable, .timedOut: break
      }
    }
  }

  private func act(on key: Key, terminal: Terminal) {
    switch key {
    case .character("e"): complain("kept for later\n")
    case .character("f"): fatalError("trapped on purpose")
    case .character("o"): print(Self.depth(of: 1))
    case .character("s"): terminal.suspended { _ = system("echo the shell speaks; read line") }
    default: break
    }
  }

  private func view(size: Size, charset: Charset) -> Frame {
    let lines = [
      "probe \(size.columns)x\(size.rows) \(charset) frame \(frameCount)",
      "key \(keyCount) \(lastKey.map(String.init(describing:)) ?? "none")",
      "한글─│→e\u{301}|",
      "END",
    ]
    var cells = [Cell](repeating: .blank, count: size.columns * size.rows)
    var marks: [Int: [Unicode.Scalar]] = [:]
    for (row, line) in lines.prefix(size.rows).enumerated() {
      let role: Style.Role = row == 0 ? .failure : .plain
      for (column, (cell, own)) in Self.cells(of: line, role: role).prefix(size.columns).enumerated() {
        cells[row * size.columns + column] = cell
        marks[row * size.columns + column] = own
      }
    }
    return Frame(size: size, cells: cells, marks: marks)
  }

  private static func cells(of line: String, role: Style.Role) -> [(Cell, marks: [Unicode.Scalar]?)] {
    line.flatMap { character -> [(Cell, marks: [Unicode.Scalar]?)] in
      let scalars = Array(character.unicodeScalars)
      let marks = scalars.count > 1 ? Array(scalars.dropFirst()) : nil
      let cell = (Cell(scalars[0], style: Style(role)), marks: marks)
      let isHangul = (0xAC00...0xD7A3).contains(scalars[0].value)
      return isHangul ? [cell, (Cell(Cell.continuation, style: Style(role)), marks: nil)] : [cell]
    }
  }

  private static func depth(of level: Int) -> Int {
    level == 0 ? 0 : depth(of: level + 1) &+ depth(of: level + 2)
  }
}

private func complain(_ text: String) {
  _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
}
