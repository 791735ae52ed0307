import Console
import ControlPlane
import NetModel
import PacketTrace

extension InspectorState {
  /// The command line that shows the walk outside of the inspector.
  var walkCommand: String {
    var words = ["packetwalk", "trace", endName(of: flow.origin), destinationText]
    switch flow.content {
    case .transport(.tcp, _): break
    case .transport(.udp, _): words += ["--proto", "udp"]
    case .transport(.sctp, _): words += ["--proto", "sctp"]
    case .echo: words += ["--proto", "icmp"]
    }
    if let backend = path?.backend { words += ["--backend", "\(backend.address):\(backend.port)"] }
    if isReply { words.append("--round-trip") }
    if let origin { words += ["--lab", origin.lab, "--chapter", origin.chapter] }
    if let mode = scene.mode { words += ["--mode", self.words.name(mode)] }
    return CommandWords.line(words)
  }

  private func endName(of stack: StackID) -> String { stack.description }

  private var destinationText: String {
    switch flow.content {
    case .transport(_, let port): "\(flow.destination):\(port)"
    case .echo: flow.destination.description
    }
  }

  /// The view's panes as plain lines, in the log the selected entry alone.
  var plainText: String {
    if view == .log, let cursor = cursors[.log], log.entries.indices.contains(cursor) {
      return plainText(of: log.entries[cursor])
    }
    return view.panes.map { pane in
      let content = content(of: pane, columns: 200)
      let lines = content.items.flatMap(\.lines).map { $0.spans.map(\.text).joined() }
      return ([content.title] + lines).map { line in
        String(line.reversed().drop { $0 == " " }.reversed())
      }.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
