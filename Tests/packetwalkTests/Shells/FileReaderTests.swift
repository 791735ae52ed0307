import Foundation
import TerminalTesting
import Testing

/// In a lab shell the user's own programs find the lab's files in place of this machine's.
@Suite struct FileReaderTests {
  private func run(_ line: String, on host: String = "k8s-ctr") throws -> FinishedRun {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "reader-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "mine\n".write(to: folder.appending(path: "own"), atomically: true, encoding: .utf8)
    let run = try FinishedRun(
      try BuiltProgram.path(of: "packetwalk"), ["shell", host, "-c", "cd \(folder.path); \(line)"],
      environment: ["PATH": "/usr/bin:/bin", "TMPDIR": folder.path, "HOME": folder.path, "LANG": "C.UTF-8"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["own"])
    return run
  }

  @Test func theLabsFilesAreShownAndAllOthersAreTheUsers() throws {
    let run = try run(
      """
      cat /etc/hostname own; echo piped | cat -n; cat < own; cat <<< here
      grep -c 192.168.20.100 /etc/hosts; head -1 /etc/hosts; cat /sys/class/net/eth1/address | tr a-f A-F
      cat nosuch; echo $?; cat /etc/hosts | head -1; echo see /etc/hosts | grep -o /etc/hosts
      grep -o -e 127.0.2.1 /etc/hosts
      """)
    #expect(
      run.output == """
        k8s-ctr
        mine
             1\tpiped
        mine
        here
        1
        127.0.0.1 localhost
        08:00:27:64:BF:57
        1
        127.0.0.1 localhost
        /etc/hosts
        127.0.2.1

        """)
    #expect(run.error == "cat: nosuch: No such file or directory\n")
  }

  @Test func aFileThatTheLabDoesNotKnowIsNotThisMachines() throws {
    let run = try run("cat own /proc/sys/kernel/hostname; echo $?; wc -l /proc/net/route; echo $?")
    #expect(run.output == "127\n127\n")
    #expect(
      run.error == """
        cat: /proc/sys/kernel/hostname: not modelled here
        cat: /proc/net/route: not modelled here

        """)
  }

  @Test func onAnotherMachineNothingOfThisOneIsRead() throws {
    let run = try run(
      """
      ssh k8s-w0 'grep w0 /etc/hostname; head -1 /etc/passwd; echo $?; grep root /etc/passwd; less own; cat /etc/passwd'
      ssh k8s-w0 'ip route | grep -c /24'
      """)
    #expect(run.output == "k8s-w0\n127\n4\n", "\(run.error)")
    #expect(!run.error.contains("root"))
  }

  @Test func anEndedLabIsSaid() throws {
    let run = try run("PACKETWALK_SOCKET=/nosuch cat /etc/hosts; echo $?; PACKETWALK_SOCKET=/nosuch cat own")
    #expect(run.output == "1\nmine\n")
    #expect(run.error.hasPrefix("cat: "))
  }
}
