import LabSocket

/// The inspector's lab as shells see it.
struct InspectorServer {
  let watch: LabWatch
  /// `nil` where no socket could be had.
  private let server: LabServer?
  private let folder: PrivateFolder?

  /// Serves the lab at the default socket or, where another lab has it, at one of its own; `nil` where the system
  /// has nothing left to watch the lab with.
  init?(_ lab: SharedLab) {
    guard let watch = try? LabWatch(lab) else { return nil }
    self.watch = watch
    folder = try? PrivateFolder.ofUser()
    folder.map(Self.removeAbandonedSockets)
    server = folder.flatMap { folder in
      (try? LabServer(lab, at: SocketPath(folder.socket)))
        ?? (try? LabServer(lab, at: SocketPath("\(folder.path)/\(Self.prefix)\(processNumber)\(Self.suffix)")))
    }
  }

  /// A socket of one inspector's own is named by its process.
  private static let prefix = "lab-"
  private static let suffix = ".sock"

  /// Removes the sockets of inspectors that were killed.
  private static func removeAbandonedSockets(in folder: PrivateFolder) {
    for name in entryNames(of: folder.path) ?? [] where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
      guard let process = Int32(name.dropFirst(prefix.count).dropLast(suffix.count)), process > 0,
        !isRunning(process: process)
      else { continue }
      removeFile("\(folder.path)/\(name)")
    }
  }

  /// Opens a shell on a host and waits for its end; how it ended.
  ///
  /// - Throws: `Complaint` where there can be none.
  func runShell(on host: String) throws(Complaint) -> Child.Ending {
    guard let folder, let socket = server?.path else {
      throw Complaint(description: "the lab has no socket for shells")
    }
    let shellFolder = try ShellFolder(in: folder)
    defer { shellFolder.remove() }
    return try LabShell(socket: socket, host: host).run(in: shellFolder)
  }

  /// Ends what shells are doing, and removes the socket.
  func close() {
    server?.close()
    folder?.removeIfEmpty()
  }
}
