import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

/// The commands of `cilium-dbg` and `cilium` in the lab guide, run in the lab that is built in.
@Suite("Cilium's tools print what the guide recorded")
struct CiliumTranscriptTests {
  @Test(arguments: try RecordedLines.all)
  func recordedLinesComeOut(_ recorded: RecordedLines) throws {
    var lab = RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: recorded.chapter))
    let stack = try #require(lab.stack(named: recorded.host))
    let result = lab.run(recorded.command.split(separator: " ").map(String.init), on: stack)
    #expect(result.status == 0)
    #expect(result.standardError == "")
    let printed = result.standardOutput.split(separator: "\n").map { $0.withoutTrailingBlanks }
    var rest = printed[...]
    for line in recorded.lines {
      let position = rest.firstIndex(of: line)
      #expect(position != nil, "\(line)\nis missing, or in another order, in\n\(result.standardOutput)")
      rest = rest[(position.map { $0 + 1 } ?? rest.startIndex)...]
    }
  }
}

/// Lines that a command of the guide printed, those that the guide shows.
struct RecordedLines: CustomTestStringConvertible {
  var chapter: String
  var host: String
  var command: String
  var lines: [String]

  var testDescription: String { "\(chapter): \(command)" }

  static var all: [RecordedLines] {
    get throws {
      try Fixture.text("cilium/transcript.txt").split(separator: "=== ").map { block in
        let lines = block.split(separator: "\n").map(String.init)
        let words = lines[0].split(separator: " ", maxSplits: 2).map(String.init)
        return RecordedLines(
          chapter: words[0], host: words[1], command: words[2], lines: Array(lines.dropFirst()))
      }
    }
  }
}

extension Substring {
  var withoutTrailingBlanks: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
