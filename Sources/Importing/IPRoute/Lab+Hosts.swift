import ControlPlane
import NetModel

extension Lab {
  /// Machines as their dumps have them: a lab without a cluster and with one chapter; `nil` where there is none.
  package init?(hosts: HostsImport, file: String) {
    guard !hosts.stacks.isEmpty else { return nil }
    let machines = hosts.stacks.map { stack in
      var machine = Machine(stack: stack)
      machine.isRecorded = true
      return machine
    }
    self.file = file
    name = file
    title = file
    base = Network(name: file, wires: [], machines: machines)
    chapters = [Chapter(name: "recorded", aliases: [], title: file, edits: [])]
    defaultChapter = "recorded"
  }
}
