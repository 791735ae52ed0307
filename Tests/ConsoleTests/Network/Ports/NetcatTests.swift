import NetModel
import Testing

@testable import Console

struct NetcatTests {
  @Test(arguments: [
    ("nc -zv 192.168.10.101 22", "Connection to 192.168.10.101 22 port [tcp/ssh] succeeded!\n", 0),
    ("nc -zv webpod 80", "Connection to webpod (10.96.189.34) 80 port [tcp/http] succeeded!\n", 0),
    ("nc -z webpod 80", "", 0),
    (
      "nc -zv 192.168.10.101 21-22",
      "nc: connect to 192.168.10.101 port 21 (tcp) failed: Connection refused\n"
        + "Connection to 192.168.10.101 22 port [tcp/ssh] succeeded!\n", 0
    ),
    (
      "nc -zvw1 192.168.10.77 80",
      "nc: connect to 192.168.10.77 port 80 (tcp) timed out: Operation now in progress\n", 1
    ),
    ("nc -zv 192.168.10.101 x", "nc: missing or invalid port number\n", 1),
    ("nc 192.168.10.101 22", "nc: without -z: not modelled here\n", 127),
  ])
  func portsAreTried(line: String, error: String, status: Int32) throws {
    var lab = try RunningLab.week4("tunnel")
    #expect(try lab.run(line, on: "curl-pod") == CommandResult(standardError: error, status: status))
  }
}
