import ArgumentParser
import ControlPlane
import PacketTrace
import Presentation

/// `compare`: the same packet natively routed and tunnelled.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow the same packet by native routing and through a tunnel, hop beside hop.",
    discussion: """
      EXAMPLES
        packetwalk compare curl-pod webpod@k8s-w0
        packetwalk compare curl-pod webpod@k8s-w0 --mode geneve --lang ko
        packetwalk compare curl-pod webpod --format json

      Left is native routing, right the tunnel: vxlan, or geneve with --mode.
      """)

  @Argument(help: "Who sends: a pod, NAMESPACE/POD, WORKLOAD@NODE, a host, or an address.")
  var source: String

  @Argument(
    help: ArgumentHelp(
      "Who is asked: as the source, or a Service; with :PORT behind it.", valueName: "destination[:port]"))
  var destination: String

  @OptionGroup var question: FlowOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var options: LabOptions

  func run() throws {
    let answer = CompareReport(left: try trace(.native), right: try trace(tunnel))
    try writeAnswer(answer.written(report.format, options.language.phrasebook, .ofTerminal))
  }

  private var tunnel: LabOptions.Mode {
    options.mode == .geneve ? .geneve : .vxlan
  }

  private func trace(_ mode: LabOptions.Mode) throws -> TraceReport {
    var options = options
    options.mode = mode
    let opened = try OpenedLab(options)
    let snapshot = opened.network.snapshot()
    let named = try question.flow(from: source, to: destination, in: snapshot, options)
    return TraceReport(
      setting: opened.setting(of: snapshot), flow: named, walk: snapshot.walk(named.flow))
  }
}

extension CompareReport {
  /// The report in one of its formats.
  fileprivate func written(
    _ format: ReportFormat, _ words: any Phrasebook, _ layout: TextLayout
  ) -> String {
    switch format {
    case .text: text(words, layout)
    case .plain: plain(words)
    case .json: json.indented() + "\n"
    case .markdown: markdown(words)
    }
  }
}
