import Console
import LabSocket
import Presentation

extension SharedLab {
  /// The lab that the options name, with their clock.
  ///
  /// - Throws: `Complaint` where there is no such lab.
  static func open(_ options: LabOptions, clock: LabOptions.Clock = .settled) throws -> SharedLab {
    let network = try OpenedLab(options).network
    return SharedLab(RunningLab(network: network), clock: (options.clock ?? clock).mode)
  }
}

extension LabServer {
  /// - Throws: `Complaint` where the socket cannot be had.
  static func open(_ lab: SharedLab, at path: SocketPath? = nil) throws(Complaint) -> LabServer {
    do {
      return try LabServer(lab, at: path)
    } catch {
      throw Complaint(description: visible("\(error)"))
    }
  }
}

extension PrivateFolder {
  /// The user's, made where it is missing.
  static func ofUser() throws(Complaint) -> PrivateFolder {
    do throws(FolderError) {
      return try make(
        runtimeFolder: environmentVariable("XDG_RUNTIME_DIR"), temporaryFolder: environmentVariable("TMPDIR"))
    } catch {
      throw Complaint(description: visible("\(error)"))
    }
  }
}

extension PrivateFolder {
  /// Where a lab is served unless another place is asked for.
  var socket: String { "\(path)/lab.sock" }
}

extension SocketPath {
  /// The socket of that name; by its whole path, so that it is found from any folder.
  static func chosen(_ path: String?) throws(Complaint) -> SocketPath {
    do throws(SocketError) {
      return try SocketPath(absolutePath(path ?? ""))
    } catch {
      throw Complaint(description: visible("\(error)"))
    }
  }
}

extension LabOptions.Clock {
  var mode: ClockMode {
    switch self {
    case .settled: .settled
    case .real: .real
    case .paused: .paused
    }
  }
}
