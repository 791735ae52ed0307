import ArgumentParser
import Presentation

// Commands whose names are taken and that are not there yet: one line that says so, exit status 1.

/// `lab`: a lab that shells join.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Serve the lab to shells (not there yet).")

  @Argument(parsing: .allUnrecognized, help: .hidden) var rest: [String] = []

  func run() throws { throw notThereYet("lab") }
}

/// `shell`: a shell on a lab's host.
struct Shell: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "A shell on a host of the lab (not there yet).")

  @Argument(parsing: .allUnrecognized, help: .hidden) var rest: [String] = []

  func run() throws { throw notThereYet("shell") }
}

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
