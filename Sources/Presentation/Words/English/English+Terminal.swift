extension English {
  package func error(_ error: TerminalError) -> String {
    "\(cause(error)); `packetwalk trace SRC DST --format plain` shows a walk without one"
  }

  private func cause(_ error: TerminalError) -> String {
    switch error {
    case .notATerminal: "the inspector needs a terminal for input and output"
    case .noTerminalName:
      "TERM is not set, so the inspector does not know the terminal (try TERM=xterm-256color)"
    case .unknownTerminal(let name):
      "this machine does not know the terminal '\(visible(name))' (try TERM=xterm-256color)"
    case .noCursorAddressing(let name):
      "the terminal '\(visible(name))' cannot move its cursor, which the inspector needs"
    case .refused(let errno): "the inspector cannot use this terminal (error \(errno))"
    }
  }
}
