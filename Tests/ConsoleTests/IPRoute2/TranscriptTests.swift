import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

/// The `ip` commands of the lab guide, run in the lab that is built in.
struct TranscriptTests {
  @Test(arguments: try Recorded.all)
  func outputIsThatOfTheGuide(_ recorded: Recorded) throws {
    var lab = RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: recorded.chapter))
    let stack = try #require(lab.stack(named: recorded.host))
    let words = recorded.command.split(separator: " ").map(String.init)
    let result = lab.run(words, on: stack)
    #expect(result.status == 0)
    #expect(result.standardError == "")
    let lines = Recorded.plainLines(of: result.standardOutput)
      .filter { recorded.pattern.map($0.contains) ?? true }
    #expect(lines == recorded.lines(like: lines))
  }
}

struct Recorded: CustomTestStringConvertible {
  var chapter: String
  var host: String
  var command: String
  /// Only lines that contain it were recorded (`| grep PATTERN`).
  var pattern: String?
  var output: [String]

  static var all: [Recorded] {
    get throws {
      let text = try Fixture.text("iproute2/transcript.txt")
      return text.split(separator: "=== ").compactMap { Recorded(String($0)) }
    }
  }

  /// A chapter, a prompt with its command, and the output.
  private init?(_ block: String) {
    let lines = block.split(separator: "\n").map(String.init)
    let prompt = lines[1].dropFirst().split(separator: "# ", maxSplits: 1).map(String.init)
    let parts = prompt[1].split(separator: " | grep ").map(String.init)
    chapter = lines[0]
    host = prompt[0]
    command = parts[0]
    pattern = parts.count > 1 ? parts[1] : nil
    output = Array(lines.dropFirst(2))
  }

  /// The recorded lines, with what stood in place of `<*>` at their beginning.
  func lines(like printed: [String]) -> [String] {
    output.enumerated().map { index, line in
      guard line.hasPrefix("<*>"), index < printed.count else { return line }
      return String(printed[index].prefix { $0 != ":" } + line.dropFirst(3))
    }
  }

  /// The lines without colours and trailing blanks, as the guide has them.
  static func plainLines(of output: String) -> [String] {
    output.replacing(#/\e\[\d+m/#, with: "").split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  var testDescription: String { "\(chapter): @\(host)# \(command)" }
}
