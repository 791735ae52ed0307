import ControlPlane
import NetModel
import Testing

@testable import Console

/// Commands that change a namespace, one after the other, with what the real `ip` printed.
struct RecordedChangesTests {
  @Test func outputIsThatOfTheRealTool() throws {
    let session = try RecordedSession(file: "iproute2/changes.json")
    var lab = RunningLab(network: try network(of: session.stack()))
    for command in session.commands {
      let result = lab.run(command.cmd)
      #expect(result.standardOutput == command.out, "\(command.cmd)")
      #expect(result.standardError == command.err, "\(command.cmd)")
      #expect(result.status == command.rc, "\(command.cmd)")
    }
  }

  /// The kernel's own routes follow from the addresses. An interface that is down does not tell whether its
  /// cable is in (it is), nor the queueing discipline that it gets when it is first set up.
  private func network(of stack: NetworkStack) -> Network {
    var stack = stack
    stack.routes.removeAll { $0.protocol == .kernel }
    for index in stack.interfaces.indices {
      stack.interfaces[index].hasCarrier = true
      stack.interfaces[index].queueingDiscipline = "noqueue"
    }
    return Network(name: "changes", wires: [], machines: [Machine(stack: stack)])
  }
}
