import Foundation
import TerminalTesting
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A lab under clients that are many, slow, dead or hostile, and at its own end.
@Suite struct LabServerTests {
  /// A lab on a socket in a folder of its own.
  private final class Served {
    let folder: URL
    let lab: PipedProgram
    let program: String
    var socket: String { folder.appending(path: "s").path }
    var environment: [String: String] {
      ["PATH": "/usr/bin:/bin", "TMPDIR": folder.path, "HOME": folder.path, "LANG": "C.UTF-8"]
    }

    init() throws {
      program = try BuiltProgram.path(of: "packetwalk")
      folder = FileManager.default.temporaryDirectory.appending(path: "served-\(UUID().uuidString.prefix(8))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let path = folder.appending(path: "s").path
      lab = try PipedProgram(
        program, ["lab", "--socket", path],
        environment: ["PATH": "/usr/bin:/bin", "TMPDIR": folder.path, "LANG": "C.UTF-8"])
      // The file is there a moment before anybody listens.
      _ = try poll(for: path) { Served.connect(to: path).1 ? true : nil }
    }

    deinit {
      lab.signal(SIGKILL)
      try? FileManager.default.removeItem(at: folder)
    }

    func run(_ line: String) throws -> FinishedRun {
      try FinishedRun(
        program, ["shell", "router", "--socket", socket, "-c", line], environment: environment)
    }

    func connect() throws -> FileHandle {
      let (client, connected) = Served.connect(to: socket)
      try #require(connected)
      return client
    }

    static func connect(to path: String) -> (FileHandle, Bool) {
      let descriptor = unixSocket()
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          systemConnect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      return (FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), result == 0)
    }
  }

  @Test func whatOneShellChangesTheOtherSees() throws {
    let served = try Served()
    let added = try served.run("ip route add 172.20.2.0/24 via 192.168.20.100")
    #expect(added.ending == .exited(0), "\(added.error)")
    let seen = try served.run("ip route get 172.20.2.33 | head -1")
    #expect(seen.output.hasPrefix("172.20.2.33 via 192.168.20.100 dev eth2"))
  }

  @Test func inputOutputAndStatusAreTheCommands() throws {
    let served = try Served()
    let run = try served.run(
      """
      echo 'rule show pref 32766' | ip -batch -
      ip route get 300.1.1.1 2>&1 >/dev/null | wc -l; ip link show nosuch 2>/dev/null; echo $?
      ping -c 2 -i 0.2 127.0.0.1 | grep -c 'bytes from'
      """)
    #expect(run.output == "32766:\tfrom all lookup main\n1\n1\n2\n", "\(run.output)\(run.error)")
  }

  @Test func hundredsOfClientsAreAnsweredBesideSilentAndDeadOnes() throws {
    let served = try Served()
    var silent: [FileHandle] = []
    for _ in 0..<200 { silent.append(try served.connect()) }
    for handle in silent.prefix(50) { try handle.write(contentsOf: Data([0, 0, 1])) }
    for handle in silent.prefix(50) { try handle.close() }
    for _ in 0..<20 { try served.connect().write(contentsOf: Data([0xff, 0xff, 0xff, 0xff, 1, 2, 3])) }
    let run = try served.run("for i in {1..20}; do hostname & done; wait")
    #expect(run.output == String(repeating: "router\n", count: 20), "\(run.error)")
  }

  /// Found by `Tests/LiveKernel/networks`: one took the folder of another, which was just being made, for abandoned.
  @Test func manyShellsBeginAtOnce() throws {
    let served = try Served()
    let shell = "'\(served.program)' shell router --socket '\(served.socket)' -c 'ip -br addr show lo' 2>&1"
    let run = try FinishedRun(
      "/bin/sh", ["-c", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do \(shell) & done; wait"],
      environment: served.environment)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines.allSatisfy { $0.hasPrefix("lo ") }, "\(run.output)")
  }

  @Test func aClientThatIsKilledInMidStreamHarmsNobody() throws {
    let served = try Served()
    let run = try served.run(
      """
      ping 127.0.0.1 >/dev/null & sleep 0.3; kill -9 $!; wait 2>/dev/null
      ping 127.0.0.1 | head -2 | wc -l
      hostname
      """)
    #expect(run.output == "2\nrouter\n", "\(run.output)\(run.error)")
  }

  @Test func hugeArgumentsAndBinaryInputAreAnswered() throws {
    let served = try Served()
    let run = try served.run(
      """
      x=$(head -c 100000 /dev/zero | tr '\\0' a); hostname $x $x $x $x $x $x $x $x 2>&1 | tail -c 18
      head -c 300000 /dev/urandom | ip -batch - >/dev/null 2>&1; echo $?
      head -c 20000000 /dev/zero | ip -batch - 2>&1 | head -c 200
      hostname
      """)
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "not modelled here")
    #expect(lines.contains { $0.contains("16 MiB") }, "\(run.output)")
    #expect(lines.last == "router")
  }

  @Test func aStoppedLabIsToldFromOneThatThinks() throws {
    let served = try Served()
    served.lab.signal(SIGSTOP)
    let run = try served.run("hostname")
    #expect(run.ending == .exited(1))
    #expect(run.error == "packetwalk: the lab does not answer; where it is stopped, fg continues it\n")
    served.lab.signal(SIGCONT)
    #expect(try served.run("hostname").output == "router\n")
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func aSignalEndsTheLabAndNothingStays(signal: Int32) throws {
    let served = try Served()
    let shell = try PipedProgram(
      served.program, ["shell", "--socket", served.socket], environment: served.environment)
    try shell.type("echo ready; ping 127.0.0.1\n")
    _ = try shell.output(upTo: "bytes from")
    served.lab.signal(signal)
    #expect(try served.lab.outputToEnd().ending == .exited(0))
    shell.signalGroup(SIGTERM)
    _ = try shell.outputToEnd()
    #expect(try FileManager.default.contentsOfDirectory(atPath: served.folder.path) == [])
  }

  @Test func aKilledLabLeavesASocketThatTheNextOneTakes() throws {
    let served = try Served()
    served.lab.signal(SIGKILL)
    _ = try served.lab.outputToEnd()
    #expect(try FileManager.default.contentsOfDirectory(atPath: served.folder.path) == ["s"])
    let next = try PipedProgram(
      served.program, ["lab", "--socket", served.socket], environment: served.environment)
    _ = try poll(for: "answer") { try served.run("hostname").output == "router\n" ? true : nil }
    let second = try FinishedRun(
      served.program, ["lab", "--socket", served.socket], environment: served.environment)
    #expect(second.ending == .exited(1) && second.error.contains("already"))
    next.signal(SIGTERM)
    _ = try next.outputToEnd()
  }

  @Test(
    "another user is refused, even where the socket's permissions let everybody in",
    .enabled(if: getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")))
  func anotherUserIsRefused() throws {
    let served = try Served()
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: served.folder.path)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: served.socket)
    let program = served.folder.appending(path: "program").path
    try FileManager.default.copyItem(atPath: served.program, toPath: program)
    let other = try FinishedRun(
      "/usr/bin/setpriv",
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", program, "shell", "router", "--socket",
        served.socket,
      ]
        + ["-c", "hostname; ip route add 9.9.9.0/24 dev eth1"],
      environment: served.environment)
    #expect(!other.output.contains("router"), "\(other.output)")
    #expect(other.ending != .exited(0))
    #expect(try served.run("hostname; ip route show 9.9.9.0/24").output == "router\n")
  }

  /// Whatever it goes on sending, it is no longer heard where what it asked for is not taken.
  @Test func aClientThatDoesNotReadIsHeldUp() throws {
    let served = try Served()
    let before = try Self.residentKilobytes(of: served.lab.processID)
    let client = try served.connect()
    try client.write(contentsOf: Self.frame([1] + Array("\0router\0\00\00\0cat".utf8)))
    let piece = Self.frame([2] + [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20))
    let sent = Self.write(piece, times: 60, to: client.fileDescriptor)
    #expect(sent < 20 << 20, "\(sent) bytes were taken")
    #expect(try Self.residentKilobytes(of: served.lab.processID) < before + 32 << 10)
    let answer = try #require(try client.read(upToCount: 4096))
    #expect(answer.contains(UInt8(ascii: "x")))
    #expect(try served.run("hostname").output == "router\n")
  }

  private static func frame(_ content: [UInt8]) -> Data {
    Data([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: content.count >> $0) } + content)
  }

  /// Writes until nothing is taken for a while; how many bytes went.
  private static func write(_ piece: Data, times: Int, to descriptor: Int32) -> Int {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    defer { _ = fcntl(descriptor, F_SETFL, 0) }
    var sent = 0
    while sent < piece.count * times {
      let rest = piece.dropFirst(sent % piece.count)
      let count = rest.withUnsafeBytes { systemSend(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        sent += count
        continue
      }
      var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard systemPoll(&polled, 1, 1000) > 0, polled.revents == Int16(POLLOUT) else { break }
    }
    return sent
  }

  /// How a lab's time goes on, seen by a reboot and by two moments apart.
  @Test(arguments: [("settled", "up", "moved"), ("real", "down", "moved"), ("paused", "down", "same")])
  func clocks(mode: String, machine: String, time: String) throws {
    let session = try LabSession(chapter: "webpod", options: ["--clock", mode])
    defer { session.end() }
    let run = try FinishedRun(
      try BuiltProgram.path(of: "packetwalk"),
      [
        "shell", "k8s-ctr", "--socket", session.socket, "-c",
        """
        moment() { ping -D -c 1 router | grep -o '^.[0-9]*'; }
        ssh k8s-w1 sudo reboot >/dev/null 2>&1
        ping -c 1 -W 1 k8s-w1 >/dev/null && echo up || echo down
        a=$(moment); sleep 1.2; [ "$a" = "$(moment)" ] && echo same || echo moved
        """,
      ],
      environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"])
    #expect(run.output == "\(machine)\n\(time)\n", "\(run.error)")
  }

  @Test func thousandsOfCommandsKeepMemoryFlat() throws {
    let served = try Served()
    let many = "for i in {1..500}; do echo route get 10.10.1.200; echo neigh show; done | ip -batch - | wc -l"
    let clients =
      "for i in {1..20}; do hostname; ip route add 9.9.9.0/24 dev eth1; ip route del 9.9.9.0/24; done"
    #expect(try Int(served.run(many).output.dropLast()) ?? 0 > 1000)
    _ = try served.run(clients)
    let before = try Self.residentKilobytes(of: served.lab.processID)
    for _ in 0..<3 { _ = try served.run("\(many); \(clients)") }
    let after = try Self.residentKilobytes(of: served.lab.processID)
    #expect(after < before + 8192, "\(before) KiB, then \(after) KiB")
  }

  private static func residentKilobytes(of processID: pid_t) throws -> Int {
    let run = try FinishedRun(
      "/bin/ps", ["-o", "rss=", "-p", "\(processID)"], environment: ["PATH": "/usr/bin:/bin"])
    return try #require(Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines)))
  }
}

/// `connect(2)`, which the methods of the same name would hide.
private func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t)
  -> Int32
{
  connect(descriptor, address, length)
}

/// `send(2)`; where the other end is gone, no signal comes.
private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  #if canImport(Darwin)
    send(descriptor, bytes, count, 0)
  #else
    send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
  #endif
}

/// `poll(2)`, which the function of the same name for tests would hide.
private func systemPoll(_ polled: inout pollfd, _ count: nfds_t, _ milliseconds: Int32) -> Int32 {
  poll(&polled, count, milliseconds)
}

private func unixSocket() -> Int32 {
  #if canImport(Glibc)
    socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  #else
    socket(AF_UNIX, SOCK_STREAM, 0)
  #endif
}
