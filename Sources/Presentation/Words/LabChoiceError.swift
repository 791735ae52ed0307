/// Why the options name no state of a lab.
package enum LabChoiceError: Error, Hashable, Sendable {
  /// Neither a lab of the program's own nor a file that can be read; the system's reason.
  case unreadableLab(String, reason: String, builtIn: [String])
  case unknownChapter(String, known: [String])
}
