import ArgumentParser
import Foundation
import Presentation

/// How a report is written.
struct ReportOptions: ParsableArguments {
  @Option(help: "How the answer is written.")
  var format = ReportFormat.text
}

extension TextLayout {
  /// The width and colours of the terminal, where there is one.
  static var ofTerminal: TextLayout {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let noColor = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
    let isDumb = ProcessInfo.processInfo.environment["TERM"] == "dumb"
    return TextLayout(
      columns: isTerminal ? min(max(terminalColumns ?? 100, 60), 140) : 100,
      inColor: isTerminal && noColor.isEmpty && !isDumb)
  }

  private static var terminalColumns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

extension ReportFormat: ExpressibleByArgument {}
