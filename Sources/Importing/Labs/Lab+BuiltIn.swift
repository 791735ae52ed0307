import ControlPlane
import Labs
import YAML

extension Lab {
  /// The names of the labs that are compiled into the program, in ascending order.
  package static var builtInNames: [String] { BundledLabs.names }

  /// A lab that is compiled into the program.
  ///
  /// - Throws: `unknownName` where none has the name.
  package static func builtIn(_ name: String, seed: UInt64? = nil) throws(LabErrors) -> Lab {
    guard let bytes = BundledLabs.nodes(named: name), let root = Node(bytes: bytes) else {
      let similar = similarName(to: name, among: builtInNames)
      throw LabErrors([
        LabError(file: name, position: nil, problem: .unknownName(name, of: .lab, similar: similar))
      ])
    }
    return try Lab(root: root, file: "\(name).yaml", seed: seed)
  }
}
