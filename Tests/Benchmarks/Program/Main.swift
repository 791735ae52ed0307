import Importing
import NetModel
import PacketTrace

/// How fast the engine is, as a table for people; judges nothing.
///
///     Benchmarks                     all of it
///     Benchmarks --control-loops     one part
///     Benchmarks --routes DIRECTORY  writes the routes and addresses of the lookups, for other programs
@main
enum Main {
  static let sizes = [1_000, 100_000, 1_000_000]

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "--routes", let directory = arguments.dropFirst().first {
      for size in sizes { try RandomRoutes(count: size).write(to: directory) }
      return
    }
    if arguments.first == "--control-loops" { return try reportControlLoops() }
    print("## Walks\n")
    try reportWalks()
    print("\n## Control loops\n")
    try reportControlLoops()
    print("\n## Route lookups\n")
    reportLookups()
    print("\n## Who reaches whom\n")
    reportReach()
  }
}
