import Importing
import NetModel
import PacketTesting
import Testing

@testable import Console

@Suite("Documents as YAML and JSON")
struct DocumentPrintingTests {
  private static func document(_ manifest: String) throws -> JSONValue {
    try #require(try ManifestDocuments(manifest).values.first)
  }

  @Test func aPodPrintsAsRecorded() throws {
    let pod = try Self.document(Fixture.text("kubectl/pod-printed.yaml"))
    #expect(YAMLPrinter.document(pod) == (try Fixture.text("kubectl/pod-printed.yaml")))
    #expect(JSONPrinter.indented(pod) + "\n" == (try Fixture.text("kubectl/pod.json")))
  }

  /// Texts whose YAML needs quotes, a block, or neither.
  static let texts = [
    "plain", "", " lead", "trail ", "two  blanks", "a: b", "a:b", "a:", ":a", "- a", "-a", "-", "?", "? x",
    "#x",
    "a #b", "a#b", "[x]", "{x}", "&x", "*x", "!x", "|", ">", "'q'", "a'b", "\"q\"", "a\"b", "%x", "@x", "`x",
    "a,b",
    ",a", "true", "True", "yes", "y", "on", "no", "null", "~", "Null", "NULL", "nan", ".nan", ".inf", "-.inf",
    "1",
    "-1", "+1", "0x1f", "0o17", "017", "08", "1_000", "1.5", "1.", ".5", "1e3", "1e", "12e03", "-1.5e-3",
    "10:30",
    "80:31016", "1:2:3", "2025-08-01", "2025-08-01T10:00:00Z", "2025-8-1 10:00:00", "2025-13-01", "10.0.0.1",
    "10.0.0.0/8", "::1", "fe80::1", "<<", "=", "---", "--- a", "...", "line\n", "line", "a\nb", "a\nb\n",
    "a\n\n",
    "\n", "\na", " a\nb", "a \nb", "a\n b", "tab\tinside", "\ttab", "cr\rinside", "bell\u{7}", "é", "한국어",
    "emoji 😀", "back\\slash", "\u{1b}[0m", "nb\u{a0}sp", "\u{2028}", "k8s:app=webpod", "0b101", "0b2",
    "100m", "1Gi", "500Mi", "v1.33.2", "a  ", "a\n\n\nb", "a\n\n  b\n", "0", "-0", "00", "0.0", "_1", "1_",
    String(repeating: "word ", count: 30), String(repeating: "it's: ", count: 30) + "end",
    String(repeating: "tab\t ", count: 30) + "x", String(repeating: "x", count: 120),
    String(repeating: "two  ", count: 30) + "x",
  ]

  @Test("The real kubectl prints the same YAML and JSON", .enabled(if: RealKubectl.isInstalled))
  func live() throws {
    let annotations = Self.texts.enumerated().map { JSONValue.Member("a\($0.offset)", .string($0.element)) }
    let labels = ["a.b/c-10", "a.b/c-9", "a.b/C", "z", "0", "b_1", "b.1", "b01", "b1"]
    let document = JSONValue.object([
      .init("apiVersion", "v1"), .init("kind", "ConfigMap"),
      .init(
        "metadata",
        .object([
          .init("annotations", .object(annotations + [.init("k", "v")])),
          .init("labels", .object(labels.map { .init($0, "x") })), .init("name", "texts"),
        ])),
    ])
    let manifest = JSONPrinter.compact(document)
    let ours = YAMLPrinter.document(document).split(separator: "\n", omittingEmptySubsequences: false)
    let theirs = try RealKubectl.print(["-o", "yaml"], of: manifest)
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (our, their) in zip(ours, theirs) { #expect(our == their) }
    #expect(ours.count == theirs.count)
    let sorted = try Self.document(manifest)
    #expect(JSONPrinter.indented(sorted) + "\n" == (try RealKubectl.print(["-o", "json"], of: manifest)))
  }

  @Test("A text comes back from its YAML", arguments: texts)
  func roundTrip(text: String) throws {
    let document = JSONValue.object([.init("list", .array([.object([.init("x", .string(text))])]))])
    #expect(try Self.document(YAMLPrinter.document(document)) == document)
  }

  @Test func emptyAndNestedValues() {
    let value = JSONValue.object([
      .init("a", .array([])), .init("b", .object([])), .init("c", .null),
      .init("d", .array([.array([1, 2]), .object([.init("e", true), .init("f", .array(["g"]))])])),
    ])
    #expect(
      YAMLPrinter.document(value) == """
        a: []
        b: {}
        c: null
        d:
        - - 1
          - 2
        - e: true
          f:
          - g

        """)
  }
}
