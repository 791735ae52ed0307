import Labs

extension Lab {
  /// The names of the labs that are compiled into the program, in ascending order.
  package static var builtInNames: [String] { BundledLabs.names }

  /// A lab that is compiled into the program.
  ///
  /// - Throws: `unknownName` where none has the name.
  package static func builtIn(_ name: String, seed: UInt64? = nil) throws(LabErrors) -> Lab {
    guard let yaml = BundledLabs.yaml(named: name) else {
      let similar = similarName(to: name, among: builtInNames)
      throw LabErrors([
        LabError(file: name, position: nil, problem: .unknownName(name, of: .lab, similar: similar))
      ])
    }
    return try Lab(yaml: yaml, file: "\(name).yaml", seed: seed)
  }
}
