import Foundation
import TerminalTesting
import Testing

/// A lab shell never reaches the machine that it runs on by a name of the lab's (with real programs behind it).
@Suite struct LabShellSafetyTests {
  private static let shadowed =
    """
    sudo su sysctl iptables iptables-save nft bridge ss conntrack ethtool netplan shutdown poweroff halt init \
    reboot insmod rmmod modprobe crictl kubeadm helm k9s systemctl kubectl cilium hubble ip ping ssh sshpass
    """

  /// A folder with fakes that tell when they run, and the environment of a user who has it first in PATH.
  private struct Machine {
    let folder: URL
    var environment: [String: String]

    /// What the fakes have noted.
    var alarms: String { (try? String(contentsOf: folder.appending(path: "alarm"), encoding: .utf8)) ?? "" }

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(
        path: "machine-\(UUID().uuidString.prefix(8))")
      let bin = folder.appending(path: "bin")
      try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
      for name in LabShellSafetyTests.shadowed.split(whereSeparator: \.isWhitespace).map(String.init) {
        let fake = bin.appending(path: name)
        try "#!/bin/sh\necho \(name) >> \(folder.path)/alarm\n".write(
          to: fake, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fake.path)
      }
      environment = [
        "PATH": "\(bin.path):/usr/bin:/bin", "HOME": folder.path, "TMPDIR": folder.path, "LANG": "C.UTF-8",
        "KUBECONFIG": "\(folder.path)/real", "DOCKER_HOST": "unix:///real", "HELM_NAMESPACE": "real",
        "CILIUM_NAMESPACE": "real", "HUBBLE_SERVER": "real", "KUBERNETES_SERVICE_HOST": "real",
      ]
    }

    func write(_ text: String, to name: String) throws {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }

    func run(_ line: String) throws -> FinishedRun {
      try FinishedRun(
        try BuiltProgram.path(of: "packetwalk"), ["shell", "router", "-c", line], environment: environment)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
  }

  @Test func noNameOfTheLabReachesTheMachine() throws {
    let machine = try Machine()
    defer { machine.remove() }
    let names = Self.shadowed.split(whereSeparator: \.isWhitespace).map(String.init)
    for start in stride(from: 0, to: names.count, by: 8) {
      let lines = names[start..<min(start + 8, names.count)].map {
        "\($0) --no-such-option </dev/null >/dev/null 2>&1"
      }
      _ = try machine.run(lines.joined(separator: "\n"))
    }
    _ = try machine.run("sudo reboot; sudo -i")
    #expect(machine.alarms.isEmpty)
  }

  @Test func everyNameIsTheLabsOwn() throws {
    let machine = try Machine()
    defer { machine.remove() }
    let run = try machine.run("for name in \(Self.shadowed); do type -P $name; done")
    let paths = run.output.split(separator: "\n")
    #expect(paths.count == Self.shadowed.split(whereSeparator: \.isWhitespace).count)
    #expect(paths.allSatisfy { $0.hasPrefix(machine.folder.path + "/packetwalk-") }, "\(run.output)")
  }

  @Test func whatStartUpFilesAndTheEnvironmentDefineIsRemoved() throws {
    var machine = try Machine()
    defer { machine.remove() }
    try machine.write(
      """
      PATH=\(machine.folder.path)/bin:$PATH
      shopt -s expand_aliases
      alias kubectl='echo real alias'
      cilium-dbg() { echo real function; }
      reboot() { echo real function; }
      export HELM_KUBECONTEXT=real
      """, to: "startup")
    machine.environment["BASH_ENV"] = "\(machine.folder.path)/startup"
    machine.environment["BASH_FUNC_hubble%%"] = "() { echo real function; }"
    let run = try machine.run(
      "kubectl version; cilium-dbg x; reboot --no-such; hubble x; type -P helm; env; bash -c 'type -P ip; reboot --x'"
    )
    #expect(!(run.output + run.error).contains("real function"), "\(run.output)\(run.error)")
    #expect(!run.output.contains("real alias"))
    #expect(!run.output.contains("=real"), "\(run.output)")
    #expect(machine.alarms.isEmpty)
  }

  @Test func theUsersOwnClusterIsNeitherReadNorWritten() throws {
    let machine = try Machine()
    defer { machine.remove() }
    let folder = machine.folder.appending(path: ".kube")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let own = "apiVersion: v1\nkind: Config\ncurrent-context: real-cluster\n"
    try machine.write(own, to: ".kube/config")
    let run = try machine.run(
      """
      kubectl config current-context; kubectl config get-contexts; kubectl config view
      kubectl config set-context --current --namespace kube-system; kubectl get pods | head -1
      helm list -A; cilium status >/dev/null
      """)
    #expect(!(run.output + run.error).contains("real"), "\(run.output)\(run.error)")
    #expect(run.output.hasPrefix("HomeLab\n"))
    let kept = try String(contentsOf: folder.appending(path: "config"), encoding: .utf8)
    #expect(kept == own)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["config"])
  }

  @Test func aLineForAnotherMachineCannotTouchThisOne() throws {
    let machine = try Machine()
    defer { machine.remove() }
    try machine.write("keep me", to: "kept")
    let run = try machine.run(
      """
      ssh 192.168.10.100 rm -f \(machine.folder.path)/kept; echo $?
      ssh 192.168.10.100 'for i in 1; do rm -f \(machine.folder.path)/kept; /bin/rm -f \(machine.folder.path)/kept; done'
      ssh 192.168.10.100 'echo gone > \(machine.folder.path)/kept; hostname | tr a-z A-Z'
      """)
    #expect(run.output == "127\nK8S-CTR\n", "\(run.output)\(run.error)")
    let kept = try String(contentsOf: machine.folder.appending(path: "kept"), encoding: .utf8)
    #expect(kept == "keep me")
  }

  @Test func nothingStaysOnDisk() throws {
    let machine = try Machine()
    defer { machine.remove() }
    _ = try machine.run("ip route")
    let left = try FileManager.default.contentsOfDirectory(atPath: machine.folder.path)
    #expect(left == ["bin"])
  }

  @Test func aShellOnATerminalNamesItsHost() throws {
    let machine = try Machine()
    defer { machine.remove() }
    try machine.write(
      "PATH=\(machine.folder.path)/bin:$PATH\nalias ip='echo real alias'\nPS1='mine '\n", to: ".bashrc")
    var environment = machine.environment
    environment["TERM"] = "xterm"
    let terminal = try PseudoTerminal(
      try BuiltProgram.path(of: "packetwalk"), arguments: ["shell", "router"], environment: environment)
    try terminal.expect("router")
    try terminal.expect("(lab) router:")
    terminal.type("sudo reboot --x; type -P ip; ip -br link show lo; exit 7\n")
    try terminal.expect("/bin/ip")
    #expect(try terminal.waitForEnd() == .exited(7))
    #expect(!terminal.text.contains("real alias\r\n"))
    #expect(machine.alarms.isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: machine.folder.path).sorted() == [".bashrc", "bin"])
  }
}
