import Console

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory with the dumps of machines, `hosts/NAME/FILE`.
enum DumpFolder {
  /// The files' texts by their paths; `nil` where `path` holds no directory `hosts`.
  ///
  /// - Throws: `FileError` with the system's reason, where a file cannot be read.
  static func read(_ path: String) throws(FileError) -> [String: String]? {
    guard let machines = entries(of: "\(path)/hosts") else { return nil }
    var texts: [String: String] = [:]
    for machine in machines {
      let folder = "\(path)/hosts/\(machine)"
      for file in entries(of: folder) ?? [] where file.hasSuffix(".json") || file.hasSuffix(".txt") {
        texts["\(folder)/\(file)"] = try TextFile.read("\(folder)/\(file)")
      }
    }
    return texts
  }

  /// The names in a directory, in ascending order; `nil` where there is no such directory.
  private static func entries(of path: String) -> [String]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
