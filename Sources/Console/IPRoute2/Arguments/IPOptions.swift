/// The address families that `ip` can be limited to.
enum IPFamily: String, Hashable, Sendable {
  case inet
  case inet6
  /// `-0`: link-layer addresses.
  case link
}

/// What stands before the object on `ip`'s command line.
struct IPOptions: Hashable, Sendable {
  var family: IPFamily?
  var style = IPStyle()
  var showsStatistics = false
  /// `-batch FILE`.
  var batchFile: String?
  /// `-V`: nothing else is done.
  var isVersionAsked = false
  /// `-force`: a batch goes on after a failure.
  var isForced = false

  /// Takes the options from the front of a command line.
  ///
  /// - Parameter isTerminal: Standard output is a terminal, which decides what `-c=auto` means.
  /// - Throws: `unknownOption`, `wrongArgument`, `notModelled` or `help`.
  init(from arguments: inout IPArguments, isTerminal: Bool) throws(IPFailure) {
    var isJSON = false
    var isPretty = false
    var color = Color.never
    while let word = arguments.first, word.hasPrefix("-") {
      _ = arguments.next()
      if word == "--" { break }
      let option = word.hasPrefix("--") ? String(word.dropFirst()) : word
      switch Self.words.meaning(of: option) ?? Self.color(of: option).map(Word.color) {
      case .loops, .receiveBuffer: _ = try Self.operand(of: option, in: &arguments)
      case .family: family = try Self.family(named: Self.operand(of: option, in: &arguments), option: option)
      case .inet: family = .inet
      case .inet6: family = .inet6
      case .link: family = .link
      case .ignored: break
      case .statistics: showsStatistics = true
      case .details: style.showsDetails = true
      case .oneLine: style.isOneLine = true
      case .force: isForced = true
      case .batch: batchFile = try Self.operand(of: option, in: &arguments)
      case .brief: style.isBrief = true
      case .json: isJSON = true
      case .pretty: isPretty = true
      case .color(let choice): color = choice
      case .version:
        isVersionAsked = true
        return
      case .help: throw .help
      case .notModelled: throw .notModelled(option)
      case nil: throw .unknownOption(option)
      }
    }
    style.form = isJSON ? (isPretty ? .prettyJSON : .json) : .text
    style.isColored = !isJSON && (color == .always || color == .automatic && isTerminal)
  }

  private enum Color: Equatable {
    case always, automatic, never
  }

  private enum Word {
    case loops, receiveBuffer, family, inet, inet6, link, ignored, statistics, details, oneLine, force, batch
    case brief, json, pretty, version, help, notModelled
    case color(Color)
  }

  /// In the order in which iproute2 tries them: a shortened word means the first that it fits.
  ///
  /// Source: iproute2 `ip/ip.c`, `main`.
  private static let words: [IPKeyword<Word>] = [
    .short("-loops", .loops), .short("-family", .family), .full("-4", .inet), .full("-6", .inet6),
    .full("-0", .link), .full("-M", .notModelled), .full("-B", .notModelled), .short("-human", .ignored),
    .short("-human-readable", .ignored), .short("-iec", .ignored), .short("-stats", .statistics),
    .short("-statistics", .statistics), .short("-details", .details), .short("-resolve", .notModelled),
    .short("-oneline", .oneLine), .short("-timestamp", .ignored), .short("-tshort", .ignored),
    .short("-Version", .version), .short("-force", .force), .short("-batch", .batch),
    .short("-brief", .brief), .short("-json", .json), .short("-pretty", .pretty),
    .short("-rcvbuf", .receiveBuffer), .short("-color", .color(.always)), .short("-help", .help),
    .short("-netns", .notModelled), .short("-Numeric", .notModelled), .short("-all", .ignored),
    .full("-echo", .notModelled),
  ]

  /// `-c=always`, `-c=auto` or `-c=never`; `-c` alone means always (iproute2 `lib/color.c`).
  private static func color(of option: String) -> Color? {
    let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count > 1, "-color".hasPrefix(parts[0]) else { return nil }
    switch parts[1] {
    case "", "always": return .always
    case "auto": return .automatic
    case "never": return .never
    default: return nil
    }
  }

  private static func operand(of option: String, in arguments: inout IPArguments) throws(IPFailure) -> String
  {
    guard let word = arguments.next() else { throw .help }
    return word
  }

  private static func family(named name: String, option: String) throws(IPFailure) -> IPFamily {
    switch name {
    case "inet": return .inet
    case "link": return .link
    case "help": throw .help
    case "inet6": return .inet6
    case "mpls", "bridge": throw .notModelled("\(option) \(name)")
    default: throw .wrongArgument(name, "invalid protocol family")
    }
  }
}
