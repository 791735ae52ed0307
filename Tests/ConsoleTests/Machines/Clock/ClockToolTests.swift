import NetModel
import Testing

@testable import Console

/// The lab's clock, as `date`, `uptime` and `uname` tell it.
struct ClockToolTests {
  struct Case: Sendable {
    var line: String
    var host = "k8s-ctr"
    var output: String
  }

  @Test(arguments: [
    Case(line: "date", output: "Wed Aug  6 18:00:09 UTC 2025\n"),
    Case(line: "date -R", output: "Wed, 06 Aug 2025 18:00:09 +0000\n"),
    Case(line: "date -Iseconds", output: "2025-08-06T18:00:09+00:00\n"),
    Case(line: "date --rfc-3339=ns", output: "2025-08-06 18:00:09.007000000+00:00\n"),
    Case(line: "date +%s%3N", output: "1754503209007\n"),
    Case(line: "date +%Y-%m-%d_%T_%-d_%e_%j_%^a_%%_%Q", output: "2025-08-06_18:00:09_6_ 6_218_WED_%_%Q\n"),
    Case(line: "uptime", output: " 18:00:09 up 0 min\n"),
    Case(line: "uptime -s", host: "default/curl-pod", output: "2025-08-06 18:00:00\n"),
    Case(line: "uname -mn -s", output: "Linux k8s-ctr x86_64\n"),
    Case(line: "uname -a", output: "Linux k8s-ctr 6.8.0-53-generic x86_64 x86_64 x86_64 GNU/Linux\n"),
  ])
  func prints(_ wanted: Case) throws {
    var lab = try RunningLab.week4()
    lab.now = Instant(nanoseconds: 9_007_000_000)
    #expect(try lab.run(wanted.line, on: wanted.host) == CommandResult(standardOutput: wanted.output))
  }

  @Test(arguments: ["date -s now", "date 08061800", "uname -v"])
  func isNotModelled(line: String) throws {
    var lab = try RunningLab.week4()
    let result = try lab.run(line, on: "k8s-ctr")
    #expect(result.status == 127)
    #expect(result.standardError.hasSuffix(": not modelled here\n"))
  }
}
