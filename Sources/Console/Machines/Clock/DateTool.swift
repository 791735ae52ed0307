import NetModel

/// `date`: the lab's clock; it cannot be set.
///
/// Source: coreutils `src/date.c`, date(1).
enum DateTool {
  static func run(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    do throws(Refusal) {
      let format = try format(invocation.arguments)
      return CommandResult(standardOutput: DateFormat(lab.wallTime).text(format) + "\n")
    } catch {
      return error.result(of: "date")
    }
  }

  private static let usual = "%a %b %e %H:%M:%S %Z %Y"

  private static let table = CommandOptions.Table(
    flags: "uR", valued: "",
    long: [
      .flag("utc", as: "u"), .flag("universal", as: "u"), .flag("rfc-email", as: "R"),
      .value("rfc-3339"),
    ])

  /// Source: coreutils `src/date.c`, `iso_8601_format`, `rfc_3339_format`.
  private static let days = [
    "": "%Y-%m-%d", "date": "%Y-%m-%d", "hours": "%Y-%m-%dT%H%:z", "minutes": "%Y-%m-%dT%H:%M%:z",
    "seconds": "%Y-%m-%dT%H:%M:%S%:z", "ns": "%Y-%m-%dT%H:%M:%S,%N%:z",
  ]

  private static func format(_ words: [String]) throws(Refusal) -> String {
    var rest: [String] = []
    var chosen: String?
    for word in words {
      guard let precision = ["--iso-8601=", "--iso-8601", "-I"].first(where: word.hasPrefix) else {
        rest.append(word)
        continue
      }
      let wanted = String(word.dropFirst(precision.count))
      guard
        let found = days.first(where: { $0.key == wanted || (!wanted.isEmpty && $0.key.hasPrefix(wanted)) })
      else {
        throw .complaint("date: invalid argument ‘\(wanted)’ for ‘--iso-8601’\n", status: 1)
      }
      chosen = found.value
    }
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(rest, table)
    } catch {
      throw error.refusal(of: "date", status: 1)
    }
    if options.has("R") { chosen = "%a, %d %b %Y %H:%M:%S %z" }
    if let wanted = options.value("rfc-3339") {
      guard let found = days[wanted], !wanted.isEmpty, wanted != "hours", wanted != "minutes" else {
        throw .complaint("date: invalid argument ‘\(wanted)’ for ‘--rfc-3339’\n", status: 1)
      }
      chosen = found.replacing("T", with: " ").replacing(",", with: ".")
    }
    return try format(chosen, options.operands)
  }

  private static func format(_ chosen: String?, _ operands: [String]) throws(Refusal) -> String {
    guard let operand = operands.first else { return chosen ?? usual }
    if operands.count > 1 {
      throw .complaint("date: extra operand ‘\(operands[1])’\n", status: 1)
    }
    guard operand.hasPrefix("+") else { throw .notModelled(operand) }
    guard chosen == nil else {
      throw .complaint("date: multiple output formats specified\n", status: 1)
    }
    return String(operand.dropFirst())
  }
}
