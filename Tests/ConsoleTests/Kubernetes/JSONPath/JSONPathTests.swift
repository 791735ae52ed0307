import Importing
import NetModel
import PacketTesting
import Testing

@testable import Console

@Suite("JSONPath templates")
struct JSONPathTests {
  /// A template and what kubectl 1.32 makes of it on `pod.yaml`.
  struct Case: Sendable, CustomStringConvertible {
    var template: String
    var answer: String
    var description: String { template }

    static let all: [Case] = {
      let text = (try? Fixture.text("kubectl/jsonpath.txt")) ?? ""
      return text.split(separator: "\n").map { line in
        let parts = line.split(separator: "\t", maxSplits: 1)
        return Case(template: String(parts[0]), answer: String(parts[1]))
      }
    }()
  }

  private static func pod() throws -> JSONValue {
    let text = try Fixture.text("kubectl/pod-printed.yaml")
    return try #require(try ManifestDocuments(text).values.first)
  }

  private static func answer(to template: String) throws -> String {
    let pod = try pod()
    do throws(JSONPathError) {
      return "= " + JSONValue.quoted(try JSONPath(template).text(on: pod))
    } catch {
      return "! " + error.message
    }
  }

  @Test("Templates are evaluated as kubectl recorded", arguments: Case.all)
  func recorded(_ recorded: Case) throws {
    #expect(try Self.answer(to: recorded.template) == recorded.answer)
  }

  @Test func thereAreEnoughTemplates() {
    #expect(Case.all.count >= 150)
  }

  @Test("The real kubectl answers as recorded", .enabled(if: RealKubectl.isInstalled))
  func live() throws {
    for recorded in Case.all where recorded.answer.hasPrefix("=") {
      let output = try RealKubectl.print(
        ["-o", "jsonpath=\(recorded.template)"], of: Fixture.text("kubectl/pod.yaml"))
      let answer = "= " + JSONValue.quoted(output)
      // Go visits the members of an object in an order of its own, anew each time.
      let isUnordered = recorded.template.contains("..") || recorded.template.contains("*")
      if isUnordered {
        #expect(Self.words(answer) == Self.words(recorded.answer), "\(recorded.template)")
      } else {
        #expect(answer == recorded.answer, "\(recorded.template)")
      }
    }
  }

  private static func words(_ answer: String) -> [String] {
    answer.split { " \"".contains($0) }.map(String.init).sorted()
  }

  @Test(
    "Shortened templates",
    arguments: [
      (".metadata.name", "web"), ("metadata.name", "web"), ("{metadata.name}", "web"),
      ("{.metadata.name}", "web"), (".spec.containers[*].name", "a b c"),
    ])
  func relaxed(text: String, answer: String) throws {
    #expect(try JSONPath(relaxed: text).text(on: Self.pod()) == answer)
  }

  /// Each loop without an end doubles what is to be done.
  @Test func loopsWithinEachOtherAreBounded() {
    let template = String(repeating: "{range .nothing[*]}", count: 60)
    #expect(throws: JSONPathError.self) { try JSONPath(template).text(on: Self.pod()) }
  }

  @Test("Values that cannot be a path are refused", arguments: ["{}", "{a}{b}", "{", "a{b"])
  func relaxedRefusals(text: String) {
    #expect(throws: JSONPathError.self) { try JSONPath(relaxed: text) }
  }

  @Test func whatIsFoundPrintsAsJSON() throws {
    let json = try JSONPath("{.spec.priority}{.status.podIPs[*].ip}").json(on: Self.pod())
    #expect(json == "[\n    7\n]\n[\n    \"172.20.0.88\",\n    \"fd00::1\"\n]\n")
  }

  @Test("Any template ends, with a text or an error", arguments: 1...200)
  func randomTemplates(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "{", "}", ".", "..", "[", "]", "[?(", ")]", "@", "$", "'", "\"", "\\", "range ", "end", "*", ",", ":",
      "-", "1",
      "name", "spec", "containers", "==", "<", " ", "é",
    ]
    let template = (0..<30).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
    #expect(try !Self.answer(to: template).isEmpty, "seed \(seed)")
  }
}
