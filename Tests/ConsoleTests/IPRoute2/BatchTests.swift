import ControlPlane
import NetModel
import Testing

@testable import Console

struct BatchTests {
  @Test func linesAreWordsWithoutComments() {
    let text = """
      route get 1.2.3.4 # why

      # nothing
      route show \\
        dev eth0
      addr show label 'eth0 x'
      """
    #expect(
      BatchLine.lines(of: text) == [
        BatchLine(words: ["route", "get", "1.2.3.4"], number: 1),
        BatchLine(words: ["route", "show", "dev", "eth0"], number: 5),
        BatchLine(words: ["addr", "show", "label", "eth0 x"], number: 6),
      ])
  }

  @Test func aFileIsReadOnTheUsersMachine() {
    var lab = RunningLab(NetworkStack(id: .host(NodeID("host"))))
    let input = CommandInput(
      standardInput: "foo",
      readFile: { path throws(FileError) in
        if path == "list" { return "rule show pref 0\nroute get 1.2.3.4\nrule show pref 0\n" }
        throw FileError(reason: "Permission denied")
      })
    let forced = lab.run("ip -force -batch list", input: input)
    #expect(forced.standardOutput == "0:\tfrom all lookup local\n0:\tfrom all lookup local\n")
    #expect(forced.standardError == "RTNETLINK answers: Network is unreachable\nCommand failed list:2\n")
    #expect(forced.status == 1)
    #expect(lab.run("ip -batch list", input: input).standardOutput == "0:\tfrom all lookup local\n")
    let unreadable = lab.run("ip -batch other", input: input)
    #expect(unreadable.standardError == "Cannot open file \"other\" for reading: Permission denied\n")
    #expect(unreadable.status == 1)
  }
}
