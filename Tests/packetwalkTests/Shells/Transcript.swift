import Foundation

/// A session as it was typed and printed; the format is told at the head of the fixture's README.
struct Transcript {
  private(set) var steps: [Step] = []

  struct Step {
    /// The chapter, the step's number in it, and the first line typed.
    var name: String
    var host: String
    var action: Action
    var expected: [String] = []
  }

  enum Action: Equatable {
    case run(String)
    /// Goes on beside the others, in a further shell of the host.
    case start(String)
    /// Interrupts what was started last on the host; its first lines count.
    case stop(head: Int?)
  }

  init(parsing text: String) {
    var chapter = ""
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("=== ") {
        chapter = String(line.dropFirst(4).prefix { $0 != ":" })
        number = 0
      } else if let (host, action) = Self.head(of: line) {
        number += 1
        steps.append(Step(name: Self.name(chapter, number, host, action), host: host, action: action))
      } else if !steps.isEmpty {
        take(line)
      }
    }
    for index in steps.indices {
      while let last = steps[index].expected.last, last.allSatisfy(\.isWhitespace) {
        steps[index].expected.removeLast()
      }
    }
  }

  private static func name(_ chapter: String, _ number: Int, _ host: String, _ action: Action) -> String {
    switch action {
    case .run(let line), .start(let line): "\(chapter) \(number) @\(host) \(line)"
    case .stop: "\(chapter) \(number) @\(host) ^C"
    }
  }

  /// A further line of the command, or of its output.
  private mutating func take(_ line: String) {
    let last = steps.count - 1
    guard line.hasPrefix("> "), steps[last].expected.isEmpty else {
      return steps[last].expected.append(line)
    }
    switch steps[last].action {
    case .run(let command): steps[last].action = .run(command + "\n" + line.dropFirst(2))
    case .start(let command): steps[last].action = .start(command + "\n" + line.dropFirst(2))
    case .stop: break
    }
  }

  private static func head(of line: String) -> (String, Action)? {
    guard line.hasPrefix("@"), let mark = line.firstIndex(where: { "#&^".contains($0) }) else { return nil }
    let host = String(line[line.index(after: line.startIndex)..<mark])
    guard host.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) }) else { return nil }
    let rest = line[line.index(after: mark)...]
    switch line[mark] {
    case "#": return (host, .run(rest.drop { $0 == " " }.description))
    case "&": return (host, .start(rest.drop { $0 == " " }.description))
    default:
      let option = rest.split(separator: " ").first { $0.hasPrefix("head=") }
      return (host, .stop(head: option.flatMap { Int($0.dropFirst(5)) }))
    }
  }
}

extension Transcript.Step {
  /// What differs first; `nil` where the output is the recorded one.
  func difference(from output: String) -> String? {
    var got = output.replacingOccurrences(of: "\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("Unable to use a TTY") }.map { Self.plain(String($0)) }
    while got.last?.isEmpty == true { got.removeLast() }
    if case .stop(let head?) = action { got = Array(got.prefix(head)) }
    for index in 0..<max(got.count, expected.count) {
      let wanted = index < expected.count ? expected[index] : nil
      let found = index < got.count ? got[index] : nil
      if let wanted, let found, Self.line(found, matches: wanted) { continue }
      return "line \(index + 1): expected \(wanted ?? "nothing more"), got \(found ?? "nothing more")"
    }
    return nil
  }

  /// Without colours and trailing blanks.
  private static func plain(_ line: String) -> String {
    let colors = #"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\r"#
    let text = line.replacingOccurrences(of: colors, with: "", options: .regularExpression)
    return text.replacingOccurrences(of: #"\s+$"#, with: "", options: .regularExpression)
  }

  /// `<*>` stands for anything; blanks beside it may be as many as they like.
  private static func line(_ line: String, matches expected: String) -> Bool {
    let expected = plain(expected)
    guard expected.contains("<*>") else { return line == expected }
    let parts = expected.components(separatedBy: "<*>")
    var pattern = ""
    for (index, part) in parts.enumerated() {
      var text = part
      if index > 0, text.first == " " {
        text = String(text.drop { $0 == " " })
        pattern += #"\s+"#
      }
      let isOpen = index < parts.count - 1 && text.last == " "
      if isOpen { text = String(text.reversed().drop { $0 == " " }.reversed()) }
      pattern += NSRegularExpression.escapedPattern(for: text)
      if index < parts.count - 1 { pattern += (isOpen ? #"\s*"# : "") + ".+?" }
    }
    return line.range(of: "^(?:" + pattern + ")$", options: .regularExpression) != nil
  }
}
