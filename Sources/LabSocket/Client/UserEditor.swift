#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The user's own editor, as kubectl chooses it.
///
/// Source: kubectl `pkg/cmd/util/editor/editor.go`, `defaultEnvEditor`.
enum UserEditor {
  /// The text as the user left it; `nil` where the editor cannot be started or fails.
  static func edit(_ text: String) -> String? {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/kubectl-edit-XXXXXX.yaml".utf8CString)
    let descriptor = mkstemps(&name, 5)
    guard descriptor >= 0 else { return nil }
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let isWritten = Descriptors.write(text.utf8, to: descriptor)
    close(descriptor)
    let script = #"exec ${KUBE_EDITOR:-${EDITOR:-vi}} "$1""#
    guard isWritten, Child.run("/bin/sh", ["sh", "-c", script, "sh", path]).status == 0,
      case .file(let bytes) = UserFile.read(path)
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
