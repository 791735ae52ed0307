extension [String] {
  /// The texts in one, with a separator between them.
  ///
  /// The standard library's own asks the running program for a conformance, which goes through all that there
  /// are: a tenth of the time to the first frame.
  package func joined(separator: String = "") -> String {
    var text = first ?? ""
    for next in dropFirst() {
      text += separator
      text += next
    }
    return text
  }
}
