import Testing

@testable import Console

struct SysctlTests {
  /// Found by the fuzzer: a setting without a name.
  @Test(arguments: ["=", "==", "''", "=1", "-w ="]) func aSettingWithoutANameIsRefused(_ words: String) throws
  {
    var lab = try RunningLab.week4()
    let result = try lab.run("sysctl \(words)", on: "k8s-ctr")
    #expect(result.status != 0)
    #expect(result.standardOutput.isEmpty)
    #expect(result.standardError.hasPrefix("sysctl: "))
  }

  @Test func aSettingIsReadAndWritten() throws {
    var lab = try RunningLab.week4()
    #expect(
      try lab.run("sysctl -w net.ipv4.ip_forward=0", on: "router").standardOutput
        == "net.ipv4.ip_forward = 0\n")
    #expect(try lab.run("sysctl -n net/ipv4/ip_forward", on: "router").standardOutput == "0\n")
    #expect(try lab.run("sysctl net.ipv4.ip_forward=", on: "router").status == 1)
  }
}
