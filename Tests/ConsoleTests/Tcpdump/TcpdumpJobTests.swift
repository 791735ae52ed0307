import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Console

struct TcpdumpJobTests {
  /// What a capture on `host` writes while `commands` run, each on a host of its own, until it is interrupted.
  private static func capture(
    _ line: String, on host: String, in lab: inout RunningLab, while commands: [(String, String)]
  ) throws -> CommandResult {
    let stack = try #require(lab.stack(named: host))
    var job = lab.start(line.split(separator: " ").map(String.init), on: stack)
    var output = JobOutput()
    var state = job.resume(.started, in: &lab, output: &output)
    for (command, place) in commands {
      _ = try lab.run(command, on: place)
      guard case .waiting(let wait) = state, wait.forLabChange else { break }
      state = job.resume(.labChanged, in: &lab, output: &output)
    }
    if case .waiting = state { state = job.resume(.interrupted, in: &lab, output: &output) }
    guard case .ended(let status) = state else { return CommandResult(status: -1) }
    return CommandResult(
      standardOutput: output.text(of: .standardOutput), standardError: output.text(of: .standardError),
      status: status)
  }

  private static func masked(_ text: String) -> String {
    text.replacing(/\d\d:\d\d:\d\d\.\d{6}/, with: "TIME").replacing(/id \d+/, with: "id N")
  }

  @Test func theRouterSendsThePingOutByEth0() throws {
    var lab = try RunningLab.week4()
    let result = try Self.capture(
      "tcpdump -i any icmp -nn", on: "router", in: &lab,
      while: [("ping -c 2 -w 1 -W 1 172.20.2.33", "curl-pod")])
    #expect(
      Self.masked(result.standardOutput) == """
        TIME eth1  In  IP 172.20.0.88 > 172.20.2.33: ICMP echo request, id N, seq 1, length 64
        TIME eth0  Out IP 172.20.0.88 > 172.20.2.33: ICMP echo request, id N, seq 1, length 64


        """)
    #expect(
      result.standardError == """
        tcpdump: data link type LINUX_SLL2
        tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
        listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes
        2 packets captured
        2 packets received by filter
        0 packets dropped by kernel

        """)
    #expect(result.status == 0)
  }

  @Test(arguments: [
    (
      "tcpdump -i eth1 -nn -c 1 icmp",
      "TIME IP 192.168.10.100 > 192.168.20.100: ICMP echo request, id N, seq 1, length 64\n"
    ),
    (
      "tcpdump -i eth2 -t -nn -c 1 icmp",
      "IP 192.168.10.100 > 192.168.20.100: ICMP echo request, id N, seq 1, length 64\n"
    ),
    ("tcpdump -i eth1 -t -nn -c 1 src k8s-ctr", ""),
    (
      "tcpdump -i eth1 -t -nn -c 1 src net 192.168.20.0/24",
      "IP 192.168.20.100 > 192.168.10.100: ICMP echo reply, id N, seq 1, length 64\n"
    ),
    (
      "tcpdump -i eth1 -t -nn -c 1 -Q out ip",
      "IP 192.168.20.100 > 192.168.10.100: ICMP echo reply, id N, seq 1, length 64\n"
    ),
    ("tcpdump -i eth1 -t -nn -c 1 not ( icmp or arp )", "\n"),
  ])
  func filtersAndOptionsChoose(_ line: String, output: String) throws {
    var lab = try RunningLab.week4()
    let result = try Self.capture(
      line, on: "router", in: &lab, while: [("ping -c 1 192.168.20.100", "k8s-ctr")])
    #expect(Self.masked(result.standardOutput) == output)
  }

  @Test func withoutNHostsHaveNames() throws {
    var lab = try RunningLab.week4()
    let result = try Self.capture(
      "tcpdump -i eth1 -t -c 1 icmp", on: "k8s-ctr", in: &lab, while: [("ping -c 1 k8s-w0", "k8s-ctr")])
    #expect(
      Self.masked(result.standardOutput) == "IP k8s-ctr > k8s-w0: ICMP echo request, id N, seq 1, length 64\n"
    )
  }

  @Test func aNameServersAnswersAreRead() throws {
    var lab = try RunningLab.week4("tunnel")
    let result = try Self.capture(
      "tcpdump -i eth0 -t -nn udp port 53", on: "curl-pod", in: &lab,
      while: [("ping -c 1 webpod", "curl-pod")])
    let texts = result.standardOutput.split(separator: "\n").map {
      $0.replacing(#/^IP \S+ > \S+: /#, with: "")
    }
    .map { $0.replacing(/^\d+/, with: "N") }
    #expect(
      texts == [
        "N+ A? webpod.default.svc.cluster.local. (50)",
        "N* 1/0/0 A 10.96.189.34 (98)",
        "N+ AAAA? webpod.default.svc.cluster.local. (50)",
        "N* 0/1/0 (143)",
      ])
  }

  @Test func aCaptureFileIsTheUsersOwn() throws {
    var lab = try RunningLab.week4()
    let stack = try #require(lab.stack(named: "router"))
    var job = lab.start(["tcpdump", "-i", "any", "-w", "ping.pcap", "icmp"], on: stack)
    var output = JobOutput()
    _ = job.resume(.started, in: &lab, output: &output)
    _ = try lab.run("ping -c 1 192.168.10.200", on: "k8s-ctr")
    #expect(job.resume(.interrupted, in: &lab, output: &output) == .ended(status: 0))
    let bytes = output.chunks.filter { $0.stream == .file("ping.pcap") }.flatMap(\.bytes)
    #expect(bytes.count == 24 + 2 * (16 + 20 + 84))
    #expect(output.text(of: .standardOutput) == "")
    let pod = try lab.run("tcpdump -i any -w ping.pcap", on: "curl-pod")
    #expect(pod.standardError == "tcpdump: -w ping.pcap: not modelled here\n")
  }

  @Test func aCaptureFileGoesToStandardOutput() throws {
    var lab = try RunningLab.week4()
    let stack = try #require(lab.stack(named: "router"))
    var job = lab.start(["tcpdump", "-i", "eth1", "-c", "1", "-w", "-", "icmp"], on: stack)
    var output = JobOutput()
    _ = job.resume(.started, in: &lab, output: &output)
    _ = try lab.run("ping -c 1 192.168.10.200", on: "k8s-ctr")
    #expect(job.resume(.labChanged, in: &lab, output: &output) == .ended(status: 0))
    let bytes = output.chunks.filter { $0.stream == .standardOutput }.flatMap(\.bytes)
    #expect(bytes.prefix(4) == [0xd4, 0xc3, 0xb2, 0xa1])
    #expect(bytes.count == 24 + 16 + 98)
  }

  @Test(arguments: [
    ("tcpdump -i eth9", "tcpdump: eth9: No such device exists\n(No such device exists)\n", 1),
    ("tcpdump port", "tcpdump: can't parse filter expression: syntax error\n", 1),
    ("tcpdump -G 3", "tcpdump: -G: not modelled here\n", 127),
    ("tcpdump vlan", "tcpdump: vlan: not modelled here\n", 127),
  ])
  func whatCannotBeginSaysWhy(_ line: String, error: String, status: Int32) throws {
    var lab = try RunningLab.week4()
    #expect(try lab.run(line, on: "router") == CommandResult(standardError: error, status: status))
  }

  /// A capture of two pings as text, and as the file that another one writes meanwhile.
  private static func captured(_ interface: String) throws -> (text: String, file: [UInt8], lab: RunningLab) {
    var lab = try RunningLab.week4()
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    var jobs = ["tcpdump -nn -i \(interface) -c 4 icmp", "tcpdump -i \(interface) -c 4 -w x.pcap icmp"].map {
      line in
      lab.start(line.split(separator: " ").map(String.init), on: stack)
    }
    var outputs = [JobOutput(), JobOutput()]
    for index in jobs.indices { _ = jobs[index].resume(.started, in: &lab, output: &outputs[index]) }
    _ = try lab.run("ping -c 2 192.168.10.200", on: "k8s-ctr")
    for index in jobs.indices { _ = jobs[index].resume(.labChanged, in: &lab, output: &outputs[index]) }
    let file = outputs[1].chunks.filter { $0.stream == .file("x.pcap") }.flatMap(\.bytes)
    return (outputs[0].text(of: .standardOutput), file, lab)
  }

  private static func read(_ line: String, _ file: [UInt8], in lab: RunningLab) throws -> CommandResult {
    var lab = lab
    let input = CommandInput(outputIsTerminal: false, inputIsTerminal: false) { path throws(FileError) in
      guard path == "x.pcap" else { throw FileError(reason: "No such file or directory") }
      return file
    }
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    return lab.run(line.split(separator: " ").map(String.init), on: stack, input: input)
  }

  @Test(arguments: [("eth1", "EN10MB (Ethernet)"), ("any", "LINUX_SLL2 (Linux cooked v2)")])
  func aFileSaysWhatTheCaptureSaid(interface: String, link: String) throws {
    let (text, file, lab) = try Self.captured(interface)
    #expect(text.split(separator: "\n").count == 4)
    let read = try Self.read("tcpdump -nn -r x.pcap", file, in: lab)
    let head = "reading from file x.pcap, link-type \(link), snapshot length 262144\n"
    #expect(read == CommandResult(standardOutput: text, standardError: head))
    #expect(
      try Self.read("tcpdump -nnr x.pcap -c 1", file, in: lab).standardOutput.split(separator: "\n").count
        == 1)
    #expect(try Self.read("tcpdump -r x.pcap arp", file, in: lab).standardOutput.isEmpty)
  }

  @Test func brokenFilesAreErrors() throws {
    let (_, file, lab) = try Self.captured("eth1")
    let cases: [([UInt8], String, Int32)] = [
      ([], "truncated dump file; tried to read 4 file header bytes, only got 0", 1),
      (Array("this is no capture file".utf8), "unknown file format", 1),
      (Array(file.prefix(20)), "truncated dump file; tried to read 24 file header bytes, only got 20", 1),
      (
        Array(file.prefix(30)), "pcap_loop: truncated dump file; tried to read 16 header bytes, only got 6", 1
      ),
      (
        Array(file.prefix(50)),
        "pcap_loop: truncated dump file; tried to read 98 captured bytes, only got 10", 1
      ),
      ([0xa1, 0xb2, 0xc3, 0xd4] + file.dropFirst(4), "this kind of capture file: not modelled here", 127),
      (Array(file[..<20]) + [113, 0, 0, 0], "link-type 113: not modelled here", 127),
      (
        Array(file[..<52]) + [0x86] + file[53...],
        "pcap_loop: a packet of another protocol: not modelled here", 127
      ),
    ]
    for (bytes, message, status) in cases {
      let read = try Self.read("tcpdump -r x.pcap", bytes, in: lab)
      #expect(read.standardError.hasSuffix("tcpdump: \(message)\n"))
      #expect(read.status == status)
    }
    let missing = try Self.read("tcpdump -r nosuch", file, in: lab)
    #expect(
      missing == CommandResult(standardError: "tcpdump: nosuch: No such file or directory\n", status: 1))
  }
}
