import NetModel
import Testing

@testable import Console

/// What `ip` prints of 112 recorded tables, and the kernel's answers to questions about them.
struct KernelVectorTests {
  @Test(arguments: KernelVectors.files, RecordedStack.Form.allCases)
  func listingsComeOutAsTheyWentIn(_ file: String, form: RecordedStack.Form) throws {
    for vector in try KernelVectors(file: file).vectors {
      var lab = RunningLab(try vector.recorded.stack(from: form))
      for (name, command) in [("route", "ip route show table all"), ("rule", "ip rule")] {
        // A blackhole that is a nexthop object names lo; the model's refusing routes have no next hop.
        let expected = try vector.recorded.expectedText(name, from: form)
          .replacing("nhid 3 dev lo", with: "nhid 3")
        #expect(lab.run(command).standardOutput == expected, "\(vector.id)")
      }
      guard !KernelVectors.changedWhileRecorded.contains(vector.id) else { continue }
      #expect(lab.run("ip addr").standardOutput == vector.recorded.text("addr"), "\(vector.id)")
    }
  }

  @Test(arguments: KernelVectors.files)
  func answersAreThoseOfTheKernel(_ file: String) throws {
    for vector in try KernelVectors(file: file).vectors {
      var lab = RunningLab(try vector.recorded.stack())
      for query in vector.queries {
        let result = lab.run(query.command)
        let printed = query.isRefused ? result.standardError : result.standardOutput
        #expect(printed == query.expected, "\(vector.id): \(query.command)")
        #expect(result.status == (query.isRefused ? 2 : 0), "\(vector.id): \(query.command)")
      }
    }
  }
}

/// The recorded tables of one file.
struct KernelVectors {
  let vectors: [Vector]

  init(file: String) throws {
    let root = try Fixture.object("kernel-vectors/fib-\(file).json")
    vectors = try #require(root["vectors"] as? [[String: Any]]).map { try Vector($0) }
  }

  static let files = [
    "basic", "edge", "input", "link", "lpm", "metric-tos", "mixed", "multipath", "rules", "source", "types",
  ]

  /// An interface was between two states: its flags, or the later text, are not those of the dump.
  static let changedWhileRecorded = ["edge-admin-down-then-up", "mixed-41-0", "mixed-41-2"]

  struct Vector {
    let id: String
    let recorded: RecordedStack
    /// Those that the dumps alone decide, without a hash of the flow.
    let queries: [Query]

    init(_ record: [String: Any]) throws {
      let id = try #require(record["id"] as? String)
      self.id = id
      recorded = RecordedStack(record)
      queries = try #require(record["queries"] as? [[String: Any]])
        .filter { $0["multipath"] == nil && $0["history"] == nil }
        .map { try Query($0, of: id) }
    }
  }

  struct Query {
    let command: String
    let isRefused: Bool
    let expected: String

    /// The recorded text has the last line's blank and end cut off.
    init(_ record: [String: Any], of id: String) throws {
      command = try #require(record["cmd"] as? String)
      isRefused = record["errno"] != nil
      let text = try #require(record["text"] as? String).replacing(" lock ", with: " ")
      // A dump does not tell that there were rules once, which keeps the tables local and main apart.
      let isApart = id == "edge-local-and-main-apart-for-good"
      expected = (isApart ? text.replacing("table local ", with: "") : text) + (isRefused ? "\n" : " \n")
    }
  }
}
