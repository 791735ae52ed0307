/// The shell that runs a line on another machine of the lab, or in a pod.
///
/// It is this machine's bash, so that loops and pipes are the real ones, but restricted: it knows the lab's
/// commands and filters, and nothing that would read or change this machine in the other one's name.
struct GuestShell {
  /// Programs that only turn their input into their output.
  static let filters = [
    "column", "cut", "egrep", "fgrep", "grep", "head", "jq", "nl", "rev", "seq", "sleep", "sort",
    "tac",
    "tail", "tr", "uniq", "wc",
  ]

  /// This process runs in one.
  static var isAround: Bool {
    ShellVariable.folder.value.map { environmentVariable("BASH_ENV") == "\($0)/guest" } ?? false
  }

  let folder: String

  /// The words that start it, its name first.
  func arguments(line: String?) -> [String] {
    guard let line else { return ["bash", "--rcfile", "\(folder)/guest", "--restricted", "-i"] }
    return ["bash", "--restricted", "-c", line]
  }
}
