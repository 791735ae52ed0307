import Foundation

#if canImport(Darwin)
  import Darwin
  private typealias SpawnActions = posix_spawn_file_actions_t?
  private typealias SpawnAttributes = posix_spawnattr_t?
#else
  #if canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif
  private typealias SpawnActions = posix_spawn_file_actions_t
  private typealias SpawnAttributes = posix_spawnattr_t
#endif

/// How a process ended.
package enum Ending: Hashable, Sendable {
  case exited(Int32)
  case killed(by: Int32)

  /// How a child ended; `nil` while it runs.
  package init?(ofEnded processID: pid_t) {
    var status: Int32 = 0
    guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
    self = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: status & 0x7F)
  }
}

/// Starts a program as the leader of a session of its own, its three standard files opened by path.
///
/// Foundation's `Process` does neither: it has no sessions, and waits for grandchildren such as a server.
package func spawn(
  _ program: String, _ arguments: [String], _ environment: [String: String], input: String, output: String,
  error: String
) throws -> pid_t {
  var actions = makeActions(input: input, output: output, error: error)
  var attributes = makeAttributes()
  defer {
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
  }
  let argv = ([program] + arguments).map { strdup($0) } + [nil]
  let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { (argv + envp).forEach { free($0) } }
  var processID: pid_t = 0
  let code = posix_spawn(&processID, program, &actions, &attributes, argv, envp)
  guard code == 0 else { throw BuiltProgram.Missing(what: "\(program): \(String(cString: strerror(code)))") }
  return processID
}

private func makeActions(input: String, output: String, error: String) -> SpawnActions {
  #if canImport(Darwin)
    var actions: SpawnActions
  #else
    var actions = SpawnActions()
  #endif
  posix_spawn_file_actions_init(&actions)
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDWR, 0)
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_RDWR | O_APPEND, 0)
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, error, O_RDWR | O_APPEND, 0)
  return actions
}

/// A new session, and no signal ignored or blocked because the test runner has it so.
private func makeAttributes() -> SpawnAttributes {
  #if canImport(Darwin)
    var attributes: SpawnAttributes
    let newSession = Int32(POSIX_SPAWN_SETSID)
  #else
    var attributes = SpawnAttributes()
    // glibc and musl hide POSIX_SPAWN_SETSID from Swift.
    let newSession: Int32 = 0x80
  #endif
  posix_spawnattr_init(&attributes)
  var signals = sigset_t()
  sigfillset(&signals)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  let flags = newSession | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
  posix_spawnattr_setflags(&attributes, Int16(flags))
  return attributes
}
