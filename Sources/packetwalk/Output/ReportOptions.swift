import ArgumentParser
import Presentation

/// How a report is written.
struct ReportOptions: ParsableArguments {
  @Option(help: "How the answer is written.")
  var format = ReportFormat.text
}

extension TextLayout {
  /// The width and colours of the terminal, where there is one.
  static var ofTerminal: TextLayout {
    let isColored = environmentVariable("NO_COLOR") == nil && environmentVariable("TERM") != "dumb"
    return TextLayout(
      columns: outputIsTerminal ? min(max(terminalColumns ?? 100, 60), 140) : 100,
      inColor: outputIsTerminal && isColored)
  }
}

extension ReportFormat: ExpressibleByArgument {}
