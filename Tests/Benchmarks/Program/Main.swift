import Importing
import NetModel
import PacketTrace

/// How fast the engine is, as a table for people; judges nothing.
///
///     Benchmarks                     all of it
///     Benchmarks --reach             one part: --walks, --control-loops, --lookups or --reach
///     Benchmarks --routes DIRECTORY  writes the routes and addresses of the lookups, for other programs
@main
enum Main {
  static let sizes = [1_000, 100_000, 1_000_000]

  private static let parts: [(option: String, title: String, report: @Sendable () throws -> Void)] = [
    ("--walks", "Walks", reportWalks),
    ("--control-loops", "Control loops", reportControlLoops),
    ("--lookups", "Route lookups", reportLookups),
    ("--reach", "Who reaches whom", reportReach),
  ]

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "--routes", let directory = arguments.dropFirst().first {
      for size in sizes { try RandomRoutes(count: size).write(to: directory) }
      return
    }
    if let part = parts.first(where: { $0.option == arguments.first }) { return try part.report() }
    for (place, part) in parts.enumerated() {
      print(place == 0 ? "## \(part.title)\n" : "\n## \(part.title)\n")
      try part.report()
    }
  }
}
