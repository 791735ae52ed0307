import Foundation
import TerminalTesting
import Testing

/// The built program from the outside: what it prints, where, and its exit status.
@Suite struct CommandLineTests {
  static func run(_ arguments: [String], language: String = "C.UTF-8") throws -> FinishedRun {
    try FinishedRun(
      try BuiltProgram.path(of: "packetwalk"), arguments,
      environment: ["PATH": "/usr/bin:/bin", "LANG": language])
  }

  struct Refusal: Sendable {
    var arguments: String
    var status: Int32
    var mentions: [String]
  }

  @Test(arguments: [
    Refusal(arguments: "trace nobody webpod", status: 1, mentions: ["'nobody'"]),
    Refusal(arguments: "trace curl-pod webpo", status: 1, mentions: ["'webpo'", "webpod"]),
    Refusal(arguments: "trace curl-pod webpod:81", status: 1, mentions: ["81", "80/TCP"]),
    Refusal(arguments: "trace curl-pod webpod --backend 1.2.3.4", status: 1, mentions: ["172.20.2.33:80"]),
    Refusal(
      arguments: "trace a b --lab /nowhere.yaml", status: 1, mentions: ["/nowhere.yaml", "No such file"]),
    Refusal(arguments: "trace a b --lab /", status: 1, mentions: ["Is a directory"]),
    Refusal(arguments: "trace a b --lab /dev/zero", status: 1, mentions: ["larger than 64 MiB"]),
    Refusal(arguments: "trace a b --chapter x", status: 1, mentions: ["'x'", "webpod"]),
    Refusal(arguments: "compare curl-pod nobody", status: 1, mentions: ["'nobody'"]),
    Refusal(arguments: "render walk --keys Foo", status: 1, mentions: ["'Foo'"]),
    Refusal(arguments: "exec nowhere -- ip route", status: 1, mentions: ["'nowhere'"]),
    Refusal(arguments: "trace curl-pod webpod --pcapng /nowhere/x", status: 1, mentions: ["/nowhere/x"]),
    Refusal(arguments: "shell nowhere -c hostname", status: 1, mentions: ["'nowhere'", "router"]),
    Refusal(arguments: "shell --socket /nowhere/s", status: 1, mentions: ["/nowhere/s", "packetwalk lab"]),
    Refusal(arguments: "lab --socket /nowhere/s", status: 1, mentions: ["/nowhere/s"]),
    Refusal(arguments: "reach --format markdown", status: 2, mentions: ["csv"]),
    Refusal(arguments: "import x -o y", status: 1, mentions: ["'import'"]),
    Refusal(arguments: "open x", status: 1, mentions: ["'open'"]),
    Refusal(arguments: "trace", status: 2, mentions: ["source"]),
    Refusal(arguments: "trace curl-pod webpod --bogus", status: 2, mentions: ["--bogus"]),
    Refusal(arguments: "trace curl-pod webpod --format xml", status: 2, mentions: ["xml", "json"]),
    Refusal(arguments: "trace curl-pod webpod --mode x", status: 2, mentions: ["vxlan"]),
    Refusal(arguments: "exec router", status: 2, mentions: ["--"]),
    Refusal(arguments: "render nothing", status: 2, mentions: ["topology"]),
    Refusal(arguments: "render walk --size 0x9", status: 2, mentions: ["0x9"]),
  ])
  func refusalsAreOneLineOnStandardError(refusal: Refusal) throws {
    let run = try Self.run(refusal.arguments.split(separator: " ").map(String.init))
    #expect(run.ending == .exited(refusal.status), "\(run.error)")
    #expect(run.output.isEmpty)
    #expect(run.error.hasPrefix("packetwalk: ") && run.error.hasSuffix("\n"))
    #expect(run.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2, "\(run.error)")
    for text in refusal.mentions { #expect(run.error.contains(text), "\(run.error)") }
  }

  @Test func hostileNamesDoNotReachTheTerminal() throws {
    let run = try Self.run(["trace", "a\u{1b}]0;x\u{7}\u{202e}", "webpod"])
    #expect(run.ending == .exited(1))
    #expect(run.error.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7f).contains($0.value) })
  }

  struct Answer: Sendable {
    var arguments: String
    var language = "C.UTF-8"
    var beginning = ""
    var mentions: [String]
  }

  @Test(arguments: [
    Answer(
      arguments: "trace curl-pod 172.20.2.33",
      beginning: "curl-pod (172.20.0.88) to 172.20.2.33, TCP port 80",
      mentions: ["EXITS_NETWORK at router, eth0", "ip route add 172.20.2.0/24 via 192.168.20.100"]),
    Answer(
      arguments: "trace curl-pod webpod@k8s-w0 --mode vxlan --round-trip", mentions: ["VXLAN", "The answer"]),
    Answer(arguments: "trace curl-pod webpod", mentions: ["Path 3 of 3: backend 172.20.2.33:80"]),
    Answer(
      arguments: "trace curl-pod webpod --backend 172.20.1.108 --format plain", beginning: "1. curl-pod",
      mentions: ["DELIVERED at k8s-w1"]),
    Answer(
      arguments: "trace curl-pod webpod --lang ko", beginning: "출발지 curl-pod", mentions: ["라우팅 조회"]),
    Answer(
      arguments: "trace curl-pod webpod", language: "ko_KR.UTF-8", beginning: "출발지", mentions: ["이웃 조회"]),
    Answer(
      arguments: "trace router k8s-ctr --proto icmp --format markdown", beginning: "# router", mentions: []),
    Answer(
      arguments: "compare curl-pod webpod@k8s-w0", beginning: "curl-pod",
      mentions: ["=>", "First difference: step", "k8s-ctr"]),
    Answer(
      arguments: "exec router -- ip route", beginning: "default via 10.0.2.2", mentions: ["192.168.20.0/24"]),
    Answer(arguments: "reach", mentions: ["E EXITS_NETWORK at router, eth0", "curl-pod"]),
    Answer(
      arguments: "reach --mode vxlan --format csv", beginning: "source,destination,disposition,node,reason\n",
      mentions: ["curl-pod,webpod-697b545f57-2dg5m,DELIVERED,k8s-w0,accepted\n"]),
    Answer(arguments: "exec -- hostname", beginning: "k8s-ctr\n", mentions: []),
    Answer(arguments: "exec k8s-w0 -- hostname", beginning: "k8s-w0\n", mentions: []),
    Answer(arguments: "render walk --keys PgDn --lang ko", mentions: ["172.20.2.33"]),
    Answer(arguments: "render tables --format svg", beginning: "<svg", mentions: ["</svg>"]),
    Answer(arguments: "--help", beginning: "OVERVIEW", mentions: ["packetwalk trace curl-pod"]),
    Answer(arguments: "--version", beginning: "packetwalk ", mentions: ["."]),
    Answer(arguments: "help trace", beginning: "OVERVIEW", mentions: ["EXAMPLES", "--round-trip"]),
  ])
  func answers(answer: Answer) throws {
    let run = try Self.run(answer.arguments.split(separator: " ").map(String.init), language: answer.language)
    #expect(run.ending == .exited(0), "\(run.error)")
    #expect(run.error.isEmpty)
    #expect(run.output.hasPrefix(answer.beginning), "\(run.output.prefix(200))")
    for text in answer.mentions { #expect(run.output.contains(text), "\(text)") }
  }

  @Test func noColoursWithoutATerminal() throws {
    #expect(try !Self.run(["trace", "curl-pod", "webpod"]).output.contains("\u{1b}"))
  }

  @Test func aCommandsOwnStatusAndErrorsPassThrough() throws {
    let run = try Self.run(["exec", "router", "--", "nothing-here"])
    #expect(run.ending == .exited(127))
    #expect(run.output.isEmpty)
    #expect(run.error == "bash: nothing-here: command not found\n")
  }

  @Test func theSameQuestionHasTheSameAnswer() throws {
    let question = ["trace", "webpod@k8s-w1", "webpod", "--round-trip", "--format", "json"]
    #expect(try Self.run(question).output == Self.run(question).output)
  }

  @Test func aCaptureFileIsWritten() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "walk-\(UUID().uuidString).pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try Self.run(["trace", "curl-pod", "webpod@k8s-w0", "--pcapng", file.path])
    #expect(run.ending == .exited(0), "\(run.error)")
    let magic: [UInt8] = [0x0a, 0x0d, 0x0d, 0x0a]
    #expect(try Data(contentsOf: file).prefix(4).elementsEqual(magic))
  }

  struct Trace: Decodable {
    struct Path: Decodable {
      struct Outcome: Decodable, Equatable {
        let disposition: String
        let node: String
        let interface: String?
      }
      struct Hop: Decodable {
        let node: String
        let `in`: String?
        let out: String?
        let encapsulated: Bool
        let ttlIn: Int
        let ttlOut: Int?
      }
      let outcome: Outcome
      let hops: [Hop]
    }
    let format: String
    let mode: String
    let paths: [Path]
  }

  static func trace(_ arguments: String) throws -> Trace {
    let words = arguments.split(separator: " ").map(String.init)
    let run = try Self.run(["trace"] + words + ["--format", "json"])
    return try JSONDecoder().decode(Trace.self, from: Data(run.output.utf8))
  }

  @Test func nativelyThePacketFallsToTheRoutersDefaultRoute() throws {
    let trace = try Self.trace("curl-pod 172.20.2.33 --mode native")
    #expect(trace.format == "packetwalk-trace/1" && trace.mode == "native" && trace.paths.count == 1)
    let path = trace.paths[0]
    #expect(path.outcome == .init(disposition: "EXITS_NETWORK", node: "router", interface: "eth0"))
    #expect(path.hops.map(\.node) == ["k8s-ctr", "router"])
    #expect(path.hops.map(\.out) == ["eth1", "eth0"])
    #expect(path.hops.map(\.ttlIn) == [64, 63] && path.hops.map(\.ttlOut) == [63, 62])
    #expect(path.hops.allSatisfy { !$0.encapsulated })
  }

  @Test(arguments: ["vxlan", "geneve"])
  func tunnelledThePacketArrives(mode: String) throws {
    let trace = try Self.trace("curl-pod 172.20.2.33 --mode \(mode)")
    let path = trace.paths[0]
    #expect(trace.mode == mode)
    #expect(path.outcome.disposition == "DELIVERED" && path.outcome.node == "k8s-w0")
    #expect(path.hops.map(\.node) == ["k8s-ctr", "router", "k8s-w0"])
    #expect(path.hops.map(\.encapsulated) == [true, true, false])
    #expect(path.hops.map(\.ttlIn) == [64, 64, 64] && path.hops.map(\.ttlOut) == [64, 64, 63])
    #expect(path.hops.map(\.in)[1...] == ["eth1", "eth1"] && path.hops.map(\.out)[..<2] == ["eth1", "eth2"])
  }

  @Test func aServicesNameIsAskedForFirst() throws {
    let result = try Self.run(["trace", "webpod@k8s-w0", "webpod", "--dns", "--format", "json"])
    let trace = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let question = try #require(trace["dns"] as? [String: Any])
    let paths = try #require(question["paths"] as? [[String: Any]])
    #expect(!paths.isEmpty)
    #expect(
      paths.allSatisfy { ($0["outcome"] as? [String: Any])?["disposition"] as? String == "EXITS_NETWORK" })
  }
}
