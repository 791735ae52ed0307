import NetModel
import Testing

@testable import Console

struct WgetTests {
  @Test(arguments: [
    ("curl-pod", "User-Agent: Wget\r\nConnection: close\r\n\r\n"),
    (
      "k8s-ctr",
      "User-Agent: Wget/1.21.4\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: Keep-Alive\r\n\r\n"
    ),
  ])
  func aPageIsFetched(host: String, end: String) throws {
    var lab = try RunningLab.week4("tunnel")
    let result = try lab.run("wget -qO- 172.20.2.33/page", on: host)
    #expect(result.standardOutput.hasPrefix("Hostname: webpod-"))
    #expect(result.standardOutput.hasSuffix("GET /page HTTP/1.1\r\nHost: 172.20.2.33\r\n" + end))
    #expect(result.standardError.isEmpty)
    #expect(result.status == 0)
  }

  @Test(arguments: [
    (
      "curl-pod", "wget -q -O - 172.20.2.33:81",
      "wget: can't connect to remote host (172.20.2.33): Connection refused\n", 1
    ),
    ("k8s-ctr", "wget -q -O - 172.20.2.33:81", "", 4),
    (
      "curl-pod", "wget -qO- nosuch.default.svc.cluster.local",
      "wget: bad address 'nosuch.default.svc.cluster.local'\n", 1
    ),
    ("curl-pod", "wget -q -T 1 -O- 172.20.9.9", "wget: download timed out\n", 1),
    ("curl-pod", "wget -qO x 172.20.2.33", "wget: -O x: not modelled here\n", 127),
    ("k8s-ctr", "wget 172.20.2.33", "wget: without -q: not modelled here\n", 127),
    ("k8s-ctr", "wget -q 172.20.2.33", "wget: without -O: not modelled here\n", 127),
    ("k8s-ctr", "wget -qO- --spider 172.20.2.33", "wget: --spider: not modelled here\n", 127),
    ("k8s-ctr", "wget -qO- ftp://172.20.2.33", "wget: ftp://172.20.2.33: not modelled here\n", 127),
    ("k8s-ctr", "wget -qO- 192.168.10.200:22", "wget: 192.168.10.200:22: not modelled here\n", 127),
  ])
  func failuresSayWhy(host: String, line: String, error: String, status: Int32) throws {
    var lab = try RunningLab.week4("tunnel")
    #expect(try lab.run(line, on: host) == CommandResult(standardError: error, status: status))
  }
}
