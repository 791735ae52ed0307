import Testing

@testable import Console

/// Laid out as iproute2 6.1 and net-tools 2.10 do.
struct SocketToolTests {
  @Test func showsWhatWaits() throws {
    var lab = try RunningLab.week4()
    #expect(
      try lab.run("ss -tln", on: "router").standardOutput == """
        State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
        LISTEN 0      4096         0.0.0.0:22        0.0.0.0:*          \n\
        LISTEN 0      4096         0.0.0.0:179       0.0.0.0:*          \n
        """)
    #expect(
      try lab.run("netstat -tln", on: "router").standardOutput == """
        Active Internet connections (only servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n\
        tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     \n\
        tcp        0      0 0.0.0.0:179             0.0.0.0:*               LISTEN     \n
        """)
  }

  @Test func aLongOptionWithAnRIsNotAboutRoutes() throws {
    var lab = try RunningLab.week4()
    let long = try lab.run("netstat --numeric --listening --tcp", on: "router")
    #expect(try long == lab.run("netstat -ntl", on: "router"))
    #expect(try lab.run("netstat -rn", on: "router").standardOutput.hasPrefix("Kernel IP routing table"))
  }

  @Test func connectionsAreNotModelled() throws {
    var lab = try RunningLab.week4()
    #expect(try lab.run("ss -tn", on: "router").status == 127)
  }
}
