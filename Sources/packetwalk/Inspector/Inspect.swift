import ArgumentParser
import ControlPlane
import CursesBackend
import Importing
import PacketTrace
import Presentation

/// The inspector on the terminal.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walk through the lab on the terminal (the default).")

  @OptionGroup var options: LabOptions

  func run() throws {
    try Inspect.run(options.request)
  }

  /// Opens the lab that is asked for and shows it until the reader quits.
  ///
  /// - Throws: `Complaint` where there is no such lab, or no terminal that can show it.
  static func run(_ request: LabRequest) throws {
    let opened = try OpenedLab(request)
    let snapshot = opened.network.snapshot()
    let (config, faults) = InspectorFiles.config()
    let origin = LabOrigin(lab: request.lab, chapter: opened.chapter)
    let memory = InspectorFiles.memory(of: origin)
    let flow = try memory?.flow(in: snapshot) ?? openingFlow(of: opened, in: snapshot, request)
    let terminal = try openTerminal(request, config)
    let canShowAll = terminal.charset == .unicode
    let language = request.lang ?? config.language ?? LabOptions.localeLanguage
    var start = InspectorState(
      title: "\(opened.lab.name)/\(opened.chapter)", network: opened.network, snapshot: snapshot,
      flow: flow,
      language: canShowAll ? language : .english,
      glyphs: canShowAll && terminal.hasLines && !request.ascii ? .box : .ascii)
    start.origin = origin
    start.beginning = opened.beginning
    start.savePath = opened.isSaved ? request.lab : nil
    start.keyMap = config.keyMap
    if let memory { start.recall(memory) } else { start.begin(with: config.view) }
    if !faults.isEmpty { start.tell(.config(LabErrors(faults))) }
    var loop = InspectorLoop(terminal: terminal, state: start, clock: request.clock)
    loop.run()
  }

  private static func openingFlow(
    of opened: OpenedLab, in snapshot: Snapshot, _ request: LabRequest
  ) throws -> Flow {
    do throws(FlowError) {
      return try opened.opening(in: snapshot)
    } catch {
      throw Complaint(description: request.language.phrasebook.error(error))
    }
  }

  /// A locale without Unicode cannot show Korean; who asks for it by name gets it all the same.
  private static func openTerminal(_ request: LabRequest, _ config: InspectorConfig) throws -> Terminal {
    var settings = TerminalSettings.fromEnvironment()
    settings.forcesUnicode = (request.lang ?? config.language) == .korean
    if config.theme == .mono { settings.usesColor = false }
    do throws(TerminalError) {
      return try Terminal(settings)
    } catch {
      throw Complaint(description: request.language.phrasebook.error(error))
    }
  }
}

extension Memory {
  /// The walk of the run before, where both its ends are still there.
  fileprivate func flow(in snapshot: Snapshot) -> Flow? {
    guard let flow, snapshot.stack(flow.origin) != nil else { return nil }
    return flow
  }
}
