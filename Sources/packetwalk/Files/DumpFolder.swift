import Console

/// A directory with the dumps of machines, `hosts/NAME/FILE`.
enum DumpFolder {
  /// The files' texts by their paths; `nil` where `path` holds no directory `hosts`.
  ///
  /// - Throws: `FileError` with the system's reason, where a file cannot be read.
  static func read(_ path: String) throws(FileError) -> [String: String]? {
    guard let machines = entryNames(of: "\(path)/hosts") else { return nil }
    var texts: [String: String] = [:]
    for machine in machines {
      let folder = "\(path)/hosts/\(machine)"
      for file in entryNames(of: folder) ?? [] where file.hasSuffix(".json") || file.hasSuffix(".txt") {
        texts["\(folder)/\(file)"] = try TextFile.read("\(folder)/\(file)")
      }
    }
    return texts
  }
}
