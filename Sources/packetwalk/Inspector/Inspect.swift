import ArgumentParser
import CursesBackend
import PacketTrace
import Presentation

/// The inspector on the terminal.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walk through the lab on the terminal (the default).")

  @OptionGroup var options: LabOptions

  func run() throws {
    let opened = try OpenedLab(options)
    let flow = try openingFlow(of: opened)
    let terminal = try openTerminal()
    var language = options.language
    // A locale without Unicode cannot show Korean; who asks for it by name gets it.
    if terminal.charset == .ascii { language = .english }
    let start = InspectorState(
      title: "\(opened.lab.name)/\(opened.chapter)", network: opened.network, flow: flow, language: language,
      glyphs: options.ascii || terminal.charset == .ascii ? .ascii : .box)
    var loop = InspectorLoop(terminal: terminal, state: start)
    loop.run()
  }

  private func openingFlow(of opened: OpenedLab) throws -> Flow {
    do throws(FlowError) {
      return try opened.opening()
    } catch {
      throw Complaint(description: options.language.phrasebook.error(error))
    }
  }

  private func openTerminal() throws -> Terminal {
    var settings = TerminalSettings.fromEnvironment()
    settings.forcesUnicode = options.lang == .korean
    do throws(TerminalError) {
      return try Terminal(settings)
    } catch {
      throw Complaint(description: options.language.phrasebook.error(error))
    }
  }
}
