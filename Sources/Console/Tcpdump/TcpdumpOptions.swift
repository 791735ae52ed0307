/// What `tcpdump` was asked to show.
///
/// Source: tcpdump 4.99.4 `tcpdump.c`, tcpdump(8).
struct TcpdumpOptions: Sendable {
  /// `any`, an interface, or `nil` for the first one.
  var interface: String?
  var filter: CaptureFilter = .everything
  /// Stop after so many packets; `nil` goes on.
  var count: Int?
  var isNumeric = false
  var lines: PacketLines.Options = []
  var stamp = Stamp.timeOfDay
  var hex = Hex.none
  /// The capture file that packets come from (`-r`); `nil` for the interfaces.
  var source: String?
  /// Where packets go as a capture file (`-w`); `nil` for text.
  var file: String?
  /// Bytes of each packet that are taken.
  var snapshotLength = 262_144
  var direction = Direction.both

  /// What stands in front of a line.
  enum Stamp: Hashable, Sendable {
    case none, timeOfDay, seconds, sinceFormer, date, sinceFirst
  }

  /// Which bytes are shown below a line.
  enum Hex: Hashable, Sendable {
    case none, bytes, bytesAndText, text
  }

  enum Direction: String, Hashable, Sendable {
    case `in`, out, both = "inout"

    func admits(isOutgoing: Bool) -> Bool {
      switch self {
      case .in: !isOutgoing
      case .out: isOutgoing
      case .both: true
      }
    }
  }

  /// The name that stands for all of them.
  static let allInterfaces = "any"

  var isCaptureFile: Bool { file != nil }

  /// Where everything but remarks goes.
  var stream: JobOutput.Stream {
    guard let file, file != "-" else { return .standardOutput }
    return .file(file)
  }

  var isVerbose: Bool { lines.contains(.verbose) }

  private static let table = CommandOptions.Table(
    flags: "AelnpqStUvxX", valued: "cirsQw",
    long: [
      .value("interface", as: "i"), .flag("immediate-mode"), .flag("no-promiscuous-mode", as: "p"),
      .flag("packet-buffered", as: "U"), .value("snapshot-length", as: "s"), .value("direction", as: "Q"),
      .flag("absolute-tcp-sequence-numbers", as: "S"),
    ])

  /// - Parameter names: what addresses stand for which names in a filter.
  init(_ arguments: [String], names: (String) -> String?) throws(Refusal) {
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(arguments, TcpdumpOptions.table)
    } catch {
      throw error.refusal(of: "tcpdump", status: 1)
    }
    for (name, value) in options.given { try take(name, value) }
    stamp = TcpdumpOptions.stamp(count: options.count("t"))
    do throws(CaptureFilterError) {
      filter = try CaptureFilter(parsing: TcpdumpOptions.words(options.operands).map { names($0) ?? $0 })
    } catch {
      guard let message = error.message else { throw .notModelled(options.operands.joined(separator: " ")) }
      throw .complaint("tcpdump: \(message)\n", status: 1)
    }
  }

  /// An expression may come in one word or in many.
  private static func words(_ operands: [String]) -> [String] {
    operands.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
  }

  private static func stamp(count: Int) -> Stamp {
    switch count {
    case 0: .timeOfDay
    case 1: .none
    case 2: .seconds
    case 3: .sinceFormer
    case 4: .date
    default: .sinceFirst
    }
  }

  private mutating func take(_ name: String, _ value: String) throws(Refusal) {
    switch name {
    case "i": interface = value
    case "c": count = try number(value, "packet count", 1...Int(Int32.max))
    case "s":
      let length = try number(value, "snaplen", 0...262_144)
      snapshotLength = length == 0 ? 262_144 : length
    case "n": isNumeric = true
    case "e": lines.insert(.linkLayer)
    case "v": lines.insert(.verbose)
    case "S": lines.insert(.absoluteNumbers)
    case "q": lines.insert(.quick)
    case "A": hex = .text
    case "x": hex = .bytes
    case "X": hex = .bytesAndText
    case "w": file = value
    case "r": source = value
    case "Q":
      guard let wanted = Direction(rawValue: value) else {
        throw .complaint("tcpdump: unknown capture direction '\(value)'\n", status: 1)
      }
      direction = wanted
    default: break
    }
  }

  private func number(_ text: String, _ what: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw .complaint("tcpdump: invalid \(what) \(text)\n", status: 1)
    }
    return number
  }
}
