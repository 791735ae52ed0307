import ArgumentParser
import NetModel
import PacketTrace
import Presentation

/// `trace`: one walk, hop by hop.
struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow a packet: every hop, every decision, and why.",
    discussion: """
      EXAMPLES
        packetwalk trace curl-pod webpod@k8s-w0   from a pod to a workload's pod
        packetwalk trace curl-pod webpod          a Service: a path per backend
        packetwalk trace curl-pod 172.20.2.33 --mode vxlan --round-trip
        packetwalk trace router 10.96.189.34:80 --format json
        packetwalk trace curl-pod router --proto icmp --pcapng walk.pcapng
      """)

  @Argument(help: "Who sends: a pod, NAMESPACE/POD, WORKLOAD@NODE, a host, or an address.")
  var source: String

  @Argument(
    help: ArgumentHelp(
      "Who is asked: as the source, or a Service; with :PORT behind it.", valueName: "destination[:port]"))
  var destination: String

  @OptionGroup var question: FlowOptions

  @Flag(help: "Follow the answer back, too.")
  var roundTrip = false

  @Flag(help: "Ask the cluster's name servers for a Service's name first, as a pod's program does.")
  var dns = false

  @Option(
    help: ArgumentHelp("Write what the interfaces on the way see to a capture file.", valueName: "file"))
  var pcapng: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var options: LabOptions

  func run() throws {
    let opened = try OpenedLab(options)
    let snapshot = opened.network.snapshot()
    let named = try question.flow(from: source, to: destination, in: snapshot, options)
    let walk = snapshot.walk(named.flow, roundTrip: roundTrip)
    if let pcapng { try write(walk.pcapng(in: snapshot).bytes, to: pcapng) }
    let fixes = walk.paths.map { path in
      opened.network.fixes(for: named.flow, by: path)
    }
    var answer = TraceReport(
      setting: opened.setting(of: snapshot), flow: named, walk: walk, fixes: fixes)
    if dns { answer.nameQuestions = opened.nameQuestions(before: named, in: snapshot) }
    try writeAnswer(answer.written(report.format, options.language.phrasebook, .ofTerminal))
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    do throws(FileWriteError) {
      try WholeFile.write(bytes, to: path)
    } catch {
      throw Complaint(description: visible(error.description))
    }
  }
}

extension TraceReport {
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
