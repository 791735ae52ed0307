import ArgumentParser
import Presentation

// Commands whose names are taken and that are not there yet: one line that says so, exit status 1.

/// `open`: other people's clusters.
struct Open: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open a sysdump, dumps or a transcript (not there yet).")

  @Argument(parsing: .allUnrecognized, help: .hidden) var rest: [String] = []

  func run() throws { throw notThereYet("open") }
}

/// `import`: a lab file from a dump.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a lab file of a dump (not there yet).")

  @Argument(parsing: .allUnrecognized, help: .hidden) var rest: [String] = []

  func run() throws { throw notThereYet("import") }
}

private func notThereYet(_ command: String) -> Complaint {
  Complaint(description: LabOptions.localeLanguage.phrasebook.notThereYet(command))
}
