#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The user's own files.
///
/// Source: XDG Base Directory Specification.
enum UserFolders {
  /// `nil` where there is no home.
  static var config: String? { path("XDG_CONFIG_HOME", ".config", "config.yaml") }

  /// What is kept from one run to the next; `nil` where there is no home.
  static var state: String? { path("XDG_STATE_HOME", ".local/state", "inspector") }

  private static func path(_ variable: String, _ fallback: String, _ name: String) -> String? {
    let folder =
      environmentVariable(variable).flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environmentVariable("HOME").map { "\($0)/\(fallback)" }
    return folder.map { "\($0)/packetwalk/\(name)" }
  }

  /// Makes the folders that lead to a file, for the user alone; one that cannot be made shows when it is used.
  static func makeFolders(for path: String) {
    var position = path.index(after: path.startIndex)
    while let slash = path[position...].firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      position = path.index(after: slash)
    }
  }
}
