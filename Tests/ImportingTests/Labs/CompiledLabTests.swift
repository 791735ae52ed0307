import Foundation
import Labs
import Testing
import YAML

/// The labs are read from their YAML once, here; the program holds the result.
///
/// `UPDATE_GOLDEN=1 swift test --filter CompiledLab` writes `Resources/labs/*.nodes` anew after a lab was changed.
@Suite struct CompiledLabTests {
  @Test(arguments: BundledLabs.names)
  func theProgramHoldsWhatTheFileSays(name: String) throws {
    let file = LabFile.folder.appending(path: "\(name).yaml")
    let node = try #require(try YAML.document(String(contentsOf: file, encoding: .utf8)))
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(node.bytes).write(to: LabFile.folder.appending(path: "\(name).nodes"))
    } else {
      #expect(BundledLabs.nodes(named: name) == node.bytes)
    }
  }
}

/// Where the lab files lie.
enum LabFile {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Resources/labs")

  static func yaml(named name: String) throws -> String {
    try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
  }
}
