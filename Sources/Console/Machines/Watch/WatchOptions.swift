/// The command line of `watch`.
///
/// Source: procps-ng 4.0.4 `src/watch.c`, `main`.
struct WatchOptions: Hashable, Sendable {
  var interval = Duration.seconds(2)
  /// As the title shows it, such as `2.0`.
  var intervalText = "2.0"
  var marksDifferences = false
  var hasTitle = true
  var line = ""

  init(parsing words: [String]) throws(Refusal) {
    var rest = words[...]
    while let word = rest.first, word.hasPrefix("-"), word.count > 1 {
      rest.removeFirst()
      if word == "--" { break }
      try take(word, &rest)
    }
    guard !rest.isEmpty else { throw .complaint("\nUsage:\n watch [options] command\n", status: 1) }
    line = rest.joined(separator: " ")
  }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws(Refusal) {
    switch word {
    case "-d", "--differences": marksDifferences = true
    case "-t", "--no-title": hasTitle = false
    case "-c", "--color", "-C", "--no-color", "-x", "--exec": break
    case "-n", "--interval":
      guard let value = rest.popFirst() else {
        throw .complaint("watch: option requires an argument -- 'n'\n", status: 1)
      }
      try takeInterval(value)
    case _ where word.hasPrefix("-n"): try takeInterval(String(word.dropFirst(2)))
    case _ where word.hasPrefix("--interval="): try takeInterval(String(word.dropFirst(11)))
    case "-dt", "-td":
      marksDifferences = true
      hasTitle = false
    default: throw .notModelled(word)
    }
  }

  /// A tenth of a second is the shortest.
  private mutating func takeInterval(_ text: String) throws(Refusal) {
    let value = text.hasPrefix("=") ? String(text.dropFirst()) : text
    guard let seconds = Double(value), seconds.isFinite else {
      throw .complaint("watch: failed to parse argument: '\(value)'\n", status: 1)
    }
    let tenths = Int(min(max(seconds, 0.1), 2_678_400) * 10)
    interval = .milliseconds(tenths * 100)
    intervalText = "\(tenths / 10).\(tenths % 10)"
  }
}
