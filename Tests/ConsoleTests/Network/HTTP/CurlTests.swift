import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Console

/// Outputs as the recorded lab has them.
struct CurlTests {
  private static func masked(_ text: String) -> String {
    withoutTimes(text).replacing(/(RemoteAddr: [0-9.]+:)\d+/) { "\($0.output.1)PORT" }
      .replacing(/webpod-[a-z0-9]+-\w+/, with: "WEBPOD").replacing("\r\n", with: "\n")
      .replacing(/after \d+ m/, with: "after N m")
  }

  @Test func whoamiTellsWhoAsks() throws {
    var lab = try RunningLab.week4("tunnel")
    let result = try lab.run("curl -s --resolve webpod:80:172.20.2.33 webpod", on: "curl-pod")
    #expect(
      Self.masked(result.standardOutput) == """
        Hostname: WEBPOD
        IP: 127.0.0.1
        IP: ::1
        IP: 172.20.2.33
        IP: fe80::5cfb:28ff:fe36:fa98
        RemoteAddr: 172.20.0.88:PORT
        GET / HTTP/1.1
        Host: webpod
        User-Agent: curl/8.14.1
        Accept: */*


        """)
    #expect(result.standardOutput.hasPrefix("Hostname: webpod-697b545f57-2dg5m\n"))
    #expect(result.standardError == "")
    #expect(result.status == 0)
  }

  @Test(arguments: [
    (["-O", "http://h/a/b.txt?c=/d"], "b.txt"), (["h/x", "--remote-name"], "x"), (["-O", "h/a/"], nil),
    (["-O", "h"], nil), (["-O", "h/a/.."], nil), (["-O", "h/a", "h/b"], nil),
    (["-O", "-o", "c", "h/a"], nil),
  ])
  func filesBearTheRemoteName(words: [String], file: String?) throws {
    guard let file else {
      #expect(throws: Refusal.notModelled("-O")) { try CurlOptions(words) }
      return
    }
    #expect(try CurlOptions(words).file == file)
  }

  @Test func whatIsNotModelledStandsOnALineOfItsOwn() throws {
    var lab = try RunningLab.week4()
    let result = try lab.run("curl -k https://192.168.10.100:6443/", on: "k8s-ctr")
    #expect(result.status == 127)
    #expect(
      result.standardError.split(separator: "\n").last
        == "curl: https://192.168.10.100:6443/: not modelled here")
  }

  @Test func aServiceIsAskedByItsNameAndAllItsPodsAnswer() throws {
    var lab = try RunningLab.week4("tunnel")
    let names = try (0..<30).map { _ in
      try lab.run("curl -s webpod", on: "curl-pod").standardOutput.prefix { $0 != "\n" }
    }
    #expect(Set(names).count == 3)
  }

  @Test(arguments: [
    (
      "webpod", "curl-pod", "curl -s -S --connect-timeout 1 172.20.2.33", 28,
      "curl: (28) Failed to connect to 172.20.2.33 port 80 after N ms: Timeout was reached\n"
    ),
    ("webpod", "curl-pod", "curl -s --connect-timeout 1 172.20.2.33", 28, ""),
    (
      "webpod", "curl-pod", "curl -sS -m 1 172.20.2.33", 28,
      "curl: (28) Connection timed out after N milliseconds\n"
    ),
    (
      "tunnel", "curl-pod", "curl -sS 172.20.2.33:81", 7,
      "curl: (7) Failed to connect to 172.20.2.33 port 81 after N ms: Could not connect to server\n"
    ),
    (
      "tunnel", "k8s-ctr", "curl -sS 172.20.2.33:81", 7,
      "curl: (7) Failed to connect to 172.20.2.33 port 81 after N ms: Couldn't connect to server\n"
    ),
    (
      "webpod", "k8s-ctr", "curl -sS 192.168.10.250", 7,
      "curl: (7) Failed to connect to 192.168.10.250 port 80 after N ms: Couldn't connect to server\n"
    ),
    (
      "tunnel", "curl-pod", "curl -sS nosuch.default.svc.cluster.local", 6,
      "curl: (6) Could not resolve host: nosuch.default.svc.cluster.local\n"
    ),
    (
      "tunnel", "curl-pod", "curl -sS ftp://172.20.2.33", 127,
      "curl: ftp://172.20.2.33: not modelled here\n"
    ),
    ("tunnel", "k8s-ctr", "curl -sS 192.168.10.200:22", 127, "curl: 192.168.10.200:22: not modelled here\n"),
    (
      "tunnel", "k8s-ctr", "curl", 2,
      "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information\n"
    ),
  ])
  func failuresSayWhy(
    _ chapter: String, host: String, line: String, status: Int32, error: String
  ) throws {
    var lab = try RunningLab.week4(chapter)
    let result = try lab.run(line, on: host)
    #expect(Self.masked(result.standardError) == error)
    #expect(result.standardOutput == "")
    #expect(result.status == status)
  }

  @Test func theMeterRunsWhereTheBodyGoesElsewhere() throws {
    var lab = try RunningLab.week4("tunnel")
    let result = try lab.run("curl webpod", on: "curl-pod")
    #expect(result.standardError.hasPrefix("  % Total    % Received % Xferd  Average Speed   Time    Time"))
    #expect(result.standardError.contains("\r100   2"))
    let stack = try #require(lab.stack(named: "curl-pod"))
    let shown = lab.run(["curl", "webpod"], on: stack, input: CommandInput(outputIsTerminal: true))
    #expect(shown.standardError == "")
  }

  @Test func verboseTellsTheExchange() throws {
    var lab = try RunningLab.week4("tunnel")
    let result = try lab.run("curl -sv -o /dev/null 172.20.2.33", on: "k8s-ctr")
    #expect(
      result.standardError.replacing(/Content-Length: \d+/, with: "Content-Length: N")
        .replacing(/\[\d+ bytes/, with: "[N bytes") == """
          *   Trying 172.20.2.33:80...
          * Connected to 172.20.2.33 (172.20.2.33) port 80
          > GET / HTTP/1.1
          > Host: 172.20.2.33
          > User-Agent: curl/8.5.0
          > Accept: */*
          >\u{20}
          < HTTP/1.1 200 OK
          < Date: Wed, 06 Aug 2025 18:00:00 GMT
          < Content-Length: N
          < Content-Type: text/plain; charset=utf-8
          <\u{20}
          { [N bytes data]
          * Connection #0 to host 172.20.2.33 left intact

          """)
    #expect(result.standardOutput == "")
  }

  @Test func writeOutNamesWhatIsAskedFor() throws {
    var lab = try RunningLab.week4("tunnel")
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    let words = [
      "curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{remote_ip}:%{remote_port}\\n", "172.20.2.33",
    ]
    #expect(lab.run(words, on: stack).standardOutput == "200 172.20.2.33:80\n")
    let dead = ["curl", "-s", "-m", "1", "-o", "/dev/null", "-w", "%{http_code}\\n", "192.168.10.250"]
    #expect(lab.run(dead, on: stack).standardOutput == "000\n")
  }

  @Test func onlyTheHeadIsAskedFor() throws {
    var lab = try RunningLab.week4("tunnel")
    let output = try lab.run("curl -sI 172.20.2.33", on: "curl-pod").standardOutput
    #expect(output.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
    #expect(output.hasSuffix("charset=utf-8\r\n\r\n"))
  }

  @Test func theWireCarriesTheWholeConversation() throws {
    var lab = try RunningLab.week4("tunnel")
    _ = try lab.run("curl -s 172.20.2.33", on: "curl-pod")
    let pod = InterfaceID(try #require(lab.stack(named: "curl-pod")), "eth0")
    let seen = lab.traffic.packets.items(from: 0).map(\.seen).filter { $0.interface == pod }
    let flags = seen.compactMap { seen in
      seen.packet.tcp.map { "\(seen.direction.rawValue) \($0.flags.rawValue)" }
    }
    #expect(
      flags == [
        "Out 2", "In 18", "Out 16", "Out 24", "In 16", "In 24", "Out 16", "Out 17", "In 17", "Out 16",
      ])
    #expect(seen.allSatisfy { (try? Packet(parsing: $0.packet.bytes)) != nil })
  }

  @Test func oneBackendInThreeIsOutOfReachNatively() throws {
    var lab = try RunningLab.week4()
    let flow = Flow(
      origin: try #require(lab.stack(named: "curl-pod")), destination: IPv4Address(10, 96, 189, 34),
      content: .transport(.tcp, port: 80))
    let answers = (0..<60).map { _ in lab.send(flow).answer != nil }
    #expect(answers.contains(true))
    #expect(answers.contains(false))
    #expect(try lab.run("curl -s webpod -m 2 --connect-timeout 1", on: "curl-pod").status != 7)
  }

  @Test func dataIsCountedWhereItIsNotShown() throws {
    var lab = try RunningLab.week4("tunnel")
    let piped = try lab.run("curl -sv 172.20.2.33", on: "k8s-ctr")
    let length = piped.standardOutput.utf8.count
    #expect(piped.standardError.contains("\n< \n{ [\(length) bytes data]\n* Connection #0 to host"))
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    let terminal = lab.run(
      ["curl", "-sv", "172.20.2.33"], on: stack, input: CommandInput(outputIsTerminal: true))
    #expect(!terminal.standardError.contains("bytes data"))
  }

  @Test(arguments: [
    ("-d x=1 -d y=2", "POST", "7", "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nx=1&y=2"),
    ("--data-raw @x -H Content-Type:text/plain", "POST", "2", "\r\nContent-Type: text/plain\r\n\r\n@x"),
    ("-X PUT", "PUT", "0", "\r\nAccept: */*\r\n\r\n"),
  ])
  func aRequestMayBringData(options: String, method: String, length: String, end: String) throws {
    var lab = try RunningLab.week4("tunnel")
    let answer = try lab.run("curl -s \(options) 172.20.2.33/x", on: "k8s-ctr").standardOutput
    #expect(answer.contains("\n\(method) /x HTTP/1.1\r\n"))
    #expect(answer.contains("\r\nContent-Length: \(length)\r\nAccept: */*\r\n"))
    #expect(answer.hasSuffix(end), "\(answer)")
  }

  @Test func overHTTPSOnlyTheConnectionIsModelled() throws {
    var lab = try RunningLab.week4("tunnel")
    let closed = try lab.run("curl -s -S https://172.20.2.33", on: "k8s-ctr")
    #expect(closed.standardError.hasPrefix("curl: (7) Failed to connect to 172.20.2.33 port 443 after "))
    #expect(closed.status == 7)
    let open = try lab.run("curl -s https://172.20.2.33:80/", on: "k8s-ctr")
    let refusal = "curl: https://172.20.2.33:80/: not modelled here\n"
    #expect(open == CommandResult(standardError: refusal, status: 127))
  }

  @Test func theSourceMayBeChosen() throws {
    var lab = try RunningLab.week4("tunnel")
    let name = try lab.run("curl -s --interface eth0 172.20.2.33 --connect-timeout 1", on: "k8s-ctr")
    #expect(name.status == 28)
    let unknown = try lab.run("curl -s --interface eth9 172.20.2.33", on: "k8s-ctr")
    #expect(
      unknown == CommandResult(standardError: "curl: --interface eth9: not modelled here\n", status: 127))
    let address = try lab.run("curl -s --interface 192.168.10.100 172.20.2.33", on: "k8s-ctr").standardOutput
    #expect(address.contains("\nRemoteAddr: 192.168.10.100:"))
  }
}
