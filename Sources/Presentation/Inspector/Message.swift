import Console
import NetModel

/// What can happen to the inspector.
package enum Message: Sendable {
  case keyPressed(Key)
  /// Nothing is typed at the moment: what was put off can be done.
  case idle
  /// The inspector's command has changed the lab, or time has passed in it.
  case labChanged(RunningLab)
  /// A shell has changed the lab, or time has passed in it.
  case labChangedByOthers(RunningLab)
  /// The running command has written text.
  case commandWrote(String, isError: Bool)
  /// The running command has ended, with its exit status.
  case commandEnded(status: Int32)
  /// A file was written; with the system's reason where it was not.
  case fileWritten(path: String, failure: String?)
  /// A file was not written, as another one stands there.
  case fileExists(path: String)
}

/// Work for the edge of the program; `update` never does it itself.
package enum Effect: Hashable, Sendable {
  case quit
  /// Stop like any job until the shell brings the program back (Ctrl-Z).
  case suspend
  /// The state's lab was changed: it is the one that commands run in from now on.
  case labEdited
  /// Start a command in the lab; its output comes back as messages.
  case run(LabLine)
  /// Ctrl-C for the command that runs.
  case interrupt
  /// Write a file whole; one that stands there may have to stay.
  case write(text: String, path: String, replaces: Bool)
  /// Hand text to the terminal's clipboard.
  case copy(String)
  /// A shell with the lab's commands takes the terminal until it ends.
  case shell(StackID)
  /// The mouse is wanted, or no longer.
  case mouse(isOn: Bool)
}

/// A command of the lab and where it runs.
package struct LabLine: Hashable, Sendable {
  package var host: StackID
  package var words: [String]

  package init(host: StackID, words: [String]) {
    self.host = host
    self.words = words
  }
}
