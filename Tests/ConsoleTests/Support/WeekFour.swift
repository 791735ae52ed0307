import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

extension RunningLab {
  /// The lab of week 4 in one of its chapters.
  static func week4(_ chapter: String = "webpod") throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: chapter))
  }

  /// Runs a command line whose words are apart by blanks, where a user means by `host`.
  mutating func run(_ line: String, on host: String) throws -> CommandResult {
    let machine = try #require(self.stack(named: host))
    return run(line.split(separator: " ").map(String.init), on: machine)
  }
}

/// A text with every number of milliseconds left out, so that times may differ.
func withoutTimes(_ text: String) -> String {
  text.replacing(/[0-9]+\.[0-9]+(?=\/| ?ms)/, with: "T").replacing(/time=[0-9.]+/, with: "time=T")
}

extension RunningLab {
  /// Runs kubectl on the first node; the words of `line` are apart by blanks.
  mutating func kubectl(_ line: String, _ more: String..., input: String = "") -> CommandResult {
    run(
      ["kubectl"] + line.split(separator: " ").map(String.init) + more, on: .host(NodeID("k8s-ctr")),
      input: CommandInput(standardInput: input))
  }
}
