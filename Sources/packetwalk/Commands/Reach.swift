import ArgumentParser
import PacketTrace
import Presentation

/// `reach`: who reaches whom.
struct Reach: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Who reaches whom, and why not.",
    discussion: """
      EXAMPLES
        packetwalk reach
        packetwalk reach --mode vxlan
        packetwalk reach --format csv > reach.csv

      Every pod and machine asks every pod, machine and Service: TCP port 80,
      or a Service's first port; the answer must come back.
      """)

  @Option(help: "How the answer is written.")
  var format = Format.text

  @OptionGroup var options: LabOptions

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
  }

  func run() throws {
    let opened = try OpenedLab(options)
    let snapshot = opened.network.snapshot()
    let report = ReachReport(setting: opened.setting(of: snapshot), reach: snapshot.reachability())
    switch format {
    case .text: try writeAnswer(report.text(options.language.phrasebook, .ofTerminal))
    case .json: try writeAnswer(report.json.indented() + "\n")
    case .csv: try writeAnswer(report.csv)
    }
  }
}
