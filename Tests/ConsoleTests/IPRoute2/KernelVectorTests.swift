import NetModel
import Testing

@testable import Console

/// What `ip` prints of 112 recorded tables, and the kernel's answers to questions about them.
struct KernelVectorTests {
  @Test(arguments: KernelVectors.files)
  func listingsAreThoseOfTheRealTool(_ file: String) throws {
    for vector in try KernelVectors(file: file).vectors {
      var lab = RunningLab(try vector.dump.stack())
      if !KernelVectors.changedWhileRecorded.contains(vector.id) {
        #expect(lab.run("ip addr").standardOutput == vector.text.addr, "\(vector.id)")
      }
      #expect(lab.run("ip route show table all").standardOutput == vector.text.route, "\(vector.id)")
      #expect(lab.run("ip rule").standardOutput == vector.text.rule, "\(vector.id)")
    }
  }

  /// A dump does not tell that rules were there once, which keeps the tables local and main apart.
  @Test(arguments: KernelVectors.files)
  func answersAreThoseOfTheKernel(_ file: String) throws {
    for vector in try KernelVectors(file: file).vectors {
      var lab = RunningLab(try vector.dump.stack())
      for query in vector.queries where query.isDecided {
        let result = lab.run(query.cmd)
        let printed = query.errno == nil ? result.standardOutput : result.standardError
        let isApart = vector.id == "edge-local-and-main-apart-for-good"
        let expected = isApart ? query.expected.replacing("table local ", with: "") : query.expected
        #expect(printed == expected, "\(vector.id): \(query.cmd)")
        #expect(result.status == (query.errno == nil ? 0 : 2), "\(vector.id): \(query.cmd)")
      }
    }
  }
}

/// The recorded tables of one file.
struct KernelVectors: Decodable {
  var vectors: [Vector]

  init(file: String) throws {
    self = try Fixture.decode(KernelVectors.self, "kernel-vectors/fib-\(file).json")
  }

  static let files = [
    "basic", "edge", "input", "link", "lpm", "metric-tos", "mixed", "multipath", "rules", "source", "types",
  ]

  /// An interface was between two states: its flags, or the later text, are not those of the dump.
  static let changedWhileRecorded = ["edge-admin-down-then-up", "mixed-41-0", "mixed-41-2"]

  struct Vector: Decodable {
    var id: String
    var text: Text
    var queries: [Query]
    var dump: KernelDump

    private enum Key: CodingKey {
      case id, text, queries
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      id = try container.decode(String.self, forKey: .id)
      text = try container.decode(Text.self, forKey: .text)
      queries = try container.decode([Query].self, forKey: .queries)
      dump = try KernelDump(from: decoder)
    }
  }

  /// The listings as text, without what the JSON does not tell: locks of metrics and names of namespaces.
  struct Text: Decodable {
    var addr: String
    var route: String
    var rule: String

    private enum Key: CodingKey {
      case addr, route, rule
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      addr = try container.decode(String.self, forKey: .addr)
        .replacing(#/link-netns \S+/#, with: "link-netnsid 0")
      route = try container.decode(String.self, forKey: .route).replacing(" lock ", with: " ")
      rule = try container.decode(String.self, forKey: .rule)
    }
  }

  struct Query: Decodable {
    var cmd: String
    var text: String
    var errno: String?
    var multipath: Bool?
    var history: Bool?

    /// The dumps alone decide the answer, without a hash of the flow.
    var isDecided: Bool { multipath != true && history != true }

    /// The recorded text had the last line's blank and end cut off.
    var expected: String {
      let text = text.replacing(" lock ", with: " ")
      return errno == nil ? text + " \n" : text + "\n"
    }
  }
}
