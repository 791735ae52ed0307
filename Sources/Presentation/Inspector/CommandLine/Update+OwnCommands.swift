import Console
import Importing
import PacketTrace

extension InspectorState {
  /// Asks for a file to save the lab to; the name that stands there first is the one of last time.
  mutating func save() -> [Effect] {
    let name = savePath ?? "\(origin?.lab.fileName ?? "lab")-edited.yaml"
    openCommandLine("save \(CommandWords.line([name]))")
    return []
  }

  /// Writes the lab as it is now to a lab file.
  ///
  /// - Parameter replaces: whatever stands there may go; what was saved there before may anyway.
  mutating func save(to path: String?, replaces: Bool) -> [Effect] {
    guard let path, !path.isEmpty else {
      notice = .commandLine(.missingFileName)
      return []
    }
    guard let network, let beginning, let saved = SavedLab(lab.edits, from: beginning, to: network) else {
      notice = .cannotSave
      return []
    }
    return [.write(text: saved.yaml, path: path, replaces: replaces || path == savePath)]
  }

  /// `trace SRC DST[:PORT] [tcp|udp|icmp]`: follows another walk.
  mutating func trace(_ arguments: [String], _ line: String) -> [Effect] {
    let words = arguments.filter { !$0.hasPrefix("--") }
    let content = words.count > 2 ? FlowRequest.Content(rawValue: words[2]) : nil
    let request = FlowRequest(
      source: words.first ?? "", destination: words.count > 1 ? words[1] : "", content: content)
    do throws(FlowError) {
      let flow = try scene.snapshot.flow(request).flow
      commandLine.keep(line)
      commandLine.text = EditableText()
      ask(flow)
    } catch {
      notice = .noFlow(error)
    }
    return []
  }
}

extension String {
  /// The last part of a path, without what stands behind its dot.
  fileprivate var fileName: String {
    let last = split(separator: "/").last.map(String.init) ?? self
    return last.split(separator: ".").first.map(String.init) ?? last
  }
}
