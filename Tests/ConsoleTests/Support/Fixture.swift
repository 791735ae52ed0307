import ControlPlane
import Foundation
import NetModel
import Testing

@testable import Console

/// A file of the folder `Fixtures`.
enum Fixture {
  static func decode<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    try JSONDecoder().decode(type, from: data(path))
  }

  /// A file that holds a JSON object.
  static func object(_ path: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data(path)) as? [String: Any])
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try data(path), as: UTF8.self)
  }

  /// A lab file of the program.
  static func labText(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Resources/labs")
    return String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// Where a file of the folder lies.
  static func path(_ path: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/\(path)").path
  }

  private static func data(_ path: String) throws -> Data {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")
    return try Data(contentsOf: folder.appending(path: path))
  }
}

extension RunningLab {
  /// A lab of one machine.
  init(_ stack: NetworkStack) {
    self.init(snapshot: Snapshot(revision: 0, wires: [], stacks: [stack], agents: [], pods: []))
  }

  /// Runs a command line whose words are apart by blanks, on the lab's only machine.
  mutating func run(_ line: String, input: CommandInput = CommandInput()) -> CommandResult {
    run(line.split(separator: " ").map(String.init), on: snapshot.stacks[0].id, input: input)
  }
}
