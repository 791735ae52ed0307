import Foundation
import PacketTesting

/// The machine's own kubectl, for what it does without a cluster.
enum RealKubectl {
  static var isInstalled: Bool { ExternalTool("kubectl") != nil }

  /// What it prints of a manifest, to which it adds the annotation `k=v`.
  static func print(_ options: [String], of manifest: String) throws -> String {
    guard let kubectl = ExternalTool("kubectl") else { return "" }
    let arguments = ["annotate", "--local", "-f", "FILE", "k=v"] + options
    return try kubectl.output(of: arguments, reading: Array(manifest.utf8))
  }
}
