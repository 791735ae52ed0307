import ArgumentParser
import PacketTrace
import Presentation

/// `render`: a screen of the inspector without a terminal.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a screen of the inspector without a terminal.",
    discussion: """
      EXAMPLES
        packetwalk render walk --size 120x36 --keys "PgDn"
        packetwalk render compare --size 80x24 --lang ko
        packetwalk render walk --keys 'd "webpod" Enter F2 End' --format svg > walk.svg

      Keys are apart by blanks: a character, Right, PgDn, Enter, Tab, Esc, F1, C-r, or text in quotes.
      """)

  @Argument(help: "walk, topology, packet, tables, compare, reach, capture or log.")
  var view: View

  @Option(help: ArgumentHelp("Columns and rows.", valueName: "columnsxrows"))
  var size = CellSize(columns: 120, rows: 36)

  @Option(help: "The keys that are pressed first.")
  var keys = ""

  @Option(help: "How the screen is written.")
  var format = Format.text

  @OptionGroup var options: LabOptions

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, svg
  }

  func run() throws {
    let opened = try OpenedLab(options)
    var state = InspectorState(
      title: "\(opened.lab.name)/\(opened.chapter)", network: opened.network, flow: try flow(of: opened),
      language: options.language, glyphs: options.ascii ? .ascii : .box)
    state.origin = LabOrigin(lab: options.lab, chapter: opened.chapter)
    let frame = Presentation.render(
      state, view: view.id, size: Size(columns: size.columns, rows: size.rows), keys: try pressed())
    switch format {
    case .text: try writeAnswer(frame.text)
    case .svg: try writeAnswer(frame.svg)
    }
  }

  private func flow(of opened: OpenedLab) throws -> Flow {
    do throws(FlowError) {
      return try opened.opening(in: opened.network.snapshot())
    } catch {
      throw Complaint(description: options.language.phrasebook.error(error))
    }
  }

  private func pressed() throws -> [Key] {
    do throws(KeyTokens.Failure) {
      return try KeyTokens.keys(parsing: keys)
    } catch {
      throw Complaint(description: options.language.phrasebook.error(error))
    }
  }

  /// A view by its name.
  struct View: ExpressibleByArgument {
    let id: ViewID

    static let all = ViewID.allCases.map { "\($0)" }

    init?(argument: String) {
      guard let id = ViewID.allCases.first(where: { "\($0)" == argument }) else { return nil }
      self.id = id
    }

    static var allValueStrings: [String] { all }
  }

  /// `COLUMNSxROWS`, each from 1 to 1000.
  struct CellSize: ExpressibleByArgument, CustomStringConvertible {
    let columns: Int
    let rows: Int

    init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }

    init?(argument: String) {
      let numbers = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let columns = numbers[0], let rows = numbers[1],
        (1...1000).contains(columns), (1...1000).contains(rows)
      else { return nil }
      self.init(columns: columns, rows: rows)
    }

    var description: String { "\(columns)x\(rows)" }
  }
}
