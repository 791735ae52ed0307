import ControlPlane
import NetModel
import Testing

@testable import Console

struct NamesTests {
  private static func ask(_ name: String, chapter: String = "tunnel", host: String = "curl-pod") throws
    -> (NameLookup, RunningLab)
  {
    var lab = try RunningLab.week4(chapter)
    let stack = try #require(lab.stack(named: host))
    return (lab.resolve(name, on: stack), lab)
  }

  @Test(arguments: [
    ("webpod", "curl-pod", NameLookup.Answer.found(IPv4Address(10, 96, 189, 34))),
    ("webpod.default", "curl-pod", .found(IPv4Address(10, 96, 189, 34))),
    ("kube-dns.kube-system.svc.cluster.local", "curl-pod", .found(IPv4Address(10, 96, 0, 10))),
    ("nosuch.default.svc.cluster.local", "curl-pod", .unknown),
    ("nosuch", "curl-pod", .notModelled),
    ("192.168.10.200", "curl-pod", .found(IPv4Address(192, 168, 10, 200))),
    ("router", "k8s-ctr", .found(IPv4Address(192, 168, 10, 200))),
    ("router", "k8s-w1", .noServer),
    ("webpod", "k8s-ctr", .noServer),
    ("webpod.default.svc.cluster.local", "k8s-ctr", .unknown), ("example.org", "k8s-ctr", .notModelled),
  ])
  func namesAreAskedFor(_ name: String, host: String, answer: NameLookup.Answer) throws {
    #expect(try Self.ask(name, host: host).0.answer == answer)
  }

  @Test func aQuestionIsAWalkOfItsOwn() throws {
    let (_, lab) = try Self.ask("webpod")
    let questions = lab.traffic.packets.items(from: 0).map(\.seen.packet).filter {
      $0.udp?.destinationPort == 53
    }
    let names = Set(questions.compactMap { DNSMessage(bytes: $0.payloadBytes)?.question.name })
    #expect(names == ["webpod.default.svc.cluster.local"])
    #expect(!questions.contains { $0.innerIP?.destination == IPv4Address(10, 96, 0, 10) })
  }

  @Test func nobodyAnswersWhereNoServerIsReached() throws {
    var lab = try RunningLab.week4("fresh")
    try lab.apply(
      .create([
        .pod(
          Pod(
            id: PodID(namespace: "default", name: "asker"),
            workload: WorkloadID(.pod, namespace: "default", name: "asker"),
            template: PodTemplate(
              labels: Labels(), containers: [.init(name: "c", image: "nicolaka/netshoot")],
              nodeName: NodeID("k8s-w0"))))
      ]))
    let stack = try #require(lab.stack(named: "asker"))
    let lookup = lab.resolve("kube-dns.kube-system", on: stack)
    #expect(lookup.answer == .noServer)
    #expect(lookup.due - lab.now >= .seconds(5))
    #expect(lookup.due - lab.now < .milliseconds(5100))
  }

  @Test(arguments: [DNSMessage.RecordType.a, .aaaa])
  func messagesAreReadAsTheyWereWritten(_ type: DNSMessage.RecordType) throws {
    let cluster = try #require(try RunningLab.week4().network?.cluster)
    let asked = DNSMessage(
      identification: 7, question: .init(name: "webpod.default.svc.cluster.local", type: type))
    let answer = try #require(ClusterDNS(cluster: cluster).answer(to: asked))
    #expect(DNSMessage(bytes: asked.bytes) == asked)
    #expect(DNSMessage(bytes: answer.bytes) == answer)
    #expect(DNSMessage(bytes: Array(answer.bytes.dropLast(3))) == nil)
  }

  @Test(arguments: [
    (
      "tunnel", "nslookup webpod", 0,
      """
      Server:\t\t10.96.0.10
      Address:\t10.96.0.10#53

      Name:\twebpod.default.svc.cluster.local
      Address: 10.96.189.34


      """
    ),
    (
      "tunnel", "nslookup nosuch.default.svc.cluster.local.", 1,
      """
      Server:\t\t10.96.0.10
      Address:\t10.96.0.10#53

      ** server can't find nosuch.default.svc.cluster.local.: NXDOMAIN


      """
    ),
    ("tunnel", "dig +short webpod.default.svc.cluster.local", 0, "10.96.189.34\n"),
    ("tunnel", "dig +short -x 10.96.189.34", 0, "webpod.default.svc.cluster.local.\n"),
  ])
  func nameServersAreAsked(_ chapter: String, line: String, status: Int32, output: String) throws {
    var lab = try RunningLab.week4(chapter)
    let result = try lab.run(line, on: "curl-pod")
    #expect(result == CommandResult(standardOutput: output, status: status))
  }

  @Test func digPrintsTheWholeAnswer() throws {
    var lab = try RunningLab.week4("tunnel")
    let text = try lab.run("dig webpod.default.svc.cluster.local", on: "curl-pod").standardOutput
      .replacing(/id: [0-9]+/, with: "id: N").replacing(/COOKIE: [0-9a-f]+/, with: "COOKIE: C")
      .replacing(/time: [0-9]+/, with: "time: N")
    #expect(
      text == """

        ; <<>> DiG 9.20 <<>> webpod.default.svc.cluster.local
        ;; global options: +cmd
        ;; Got answer:
        ;; WARNING: .local is reserved for Multicast DNS
        ;; You are currently testing what happens when an mDNS query is leaked to DNS
        ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: N
        ;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1
        ;; WARNING: recursion requested but not available

        ;; OPT PSEUDOSECTION:
        ; EDNS: version: 0, flags:; udp: 1232
        ; COOKIE: C (echoed)
        ;; QUESTION SECTION:
        ;webpod.default.svc.cluster.local. IN\tA

        ;; ANSWER SECTION:
        webpod.default.svc.cluster.local. 30 IN\tA\t10.96.189.34

        ;; Query time: N msec
        ;; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)
        ;; WHEN: Wed Aug 06 18:00:00 UTC 2025
        ;; MSG SIZE  rcvd: 121


        """)
  }

  @Test(arguments: [
    (
      "curl-pod", "dig -x 10.96.0.1 +noall +answer",
      "1.0.96.10.in-addr.arpa.\t30\tIN\tPTR\tkubernetes.default.svc.cluster.local.\n", 0
    ),
    ("k8s-ctr", "dig @10.96.0.10 +short webpod.default.svc.cluster.local", "10.96.189.34\n", 0),
    ("k8s-ctr", "dig +short webpod.default.svc.cluster.local", "", 127),
    ("curl-pod", "host webpod", "webpod.default.svc.cluster.local has address 10.96.189.34\n", 0),
    (
      "curl-pod", "host nosuch.default.svc.cluster.local.",
      "Host nosuch.default.svc.cluster.local. not found: 3(NXDOMAIN)\n", 1
    ),
    ("curl-pod", "nslookup -type=MX webpod", "", 127),
  ])
  func toolsAskInTheirOwnWays(host: String, line: String, output: String, status: Int32) throws {
    var lab = try RunningLab.week4("tunnel")
    let result = try lab.run(line, on: host)
    #expect(result.standardOutput == output)
    #expect(result.status == status)
  }

  @Test func aNameServerOutOfReachIsGivenUpAfterThreeTries() throws {
    var lab = try RunningLab.week4()
    let result = try lab.run("nslookup webpod", on: "webpod-697b545f57-2dg5m")
    let error = ";; communications error to 10.96.0.10#53: timed out\n"
    #expect(
      result.standardOutput == error + error + error + ";; no servers could be reached\n\n")
    #expect(result.status == 1)
    #expect(lab.now == Instant(seconds: 15))
  }
}
