import ControlPlane
import Labs
import YAML

extension Lab {
  /// The names of the labs that are compiled into the program, in ascending order.
  package static var builtInNames: [String] { BundledLabs.names }

  /// What the labs are made from; kept, because to take it apart takes longer than to read it.
  private static let roots = builtInNames.map { name in
    (name: name, root: BundledLabs.nodes(named: name).flatMap { Node(bytes: $0) })
  }

  /// A lab that is compiled into the program.
  ///
  /// - Throws: `unknownName` where none has the name.
  package static func builtIn(_ name: String, seed: UInt64? = nil) throws(LabErrors) -> Lab {
    guard let root = roots.first(where: { $0.name == name })?.root else {
      let similar = similarName(to: name, among: builtInNames)
      throw LabErrors([
        LabError(file: name, position: nil, problem: .unknownName(name, of: .lab, similar: similar))
      ])
    }
    return try Lab(root: root, file: "\(name).yaml", seed: seed)
  }
}
