import Testing

@testable import YAML

@Suite struct YAMLTests {
  /// A node on one line: plain scalars as they are, others in quotes.
  private func brief(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.isPlain ? scalar.string : "'\(scalar.string)'"
    case .sequence(let sequence): "[" + sequence.map(brief).joined(separator: ", ") + "]"
    case .mapping(let mapping):
      "{" + mapping.map { "\(brief($0.key)): \(brief($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  @Test(arguments: [
    ("a: 1\nb: [x, 'y', \"z\"]\n", "{a: 1, b: [x, 'y', 'z']}"),
    ("- {a: b}\n- - 1\n  - 2\n- null # said aside\n", "[{a: b}, [1, 2], null]"),
    ("text: |\n  one\n   two\n", "{text: 'one\n two\n'}"),
    ("text: >-\n  one\n  two\n", "{text: 'one two'}"),
    ("a:\nb: ''\n", "{a: , b: ''}"),
    ("base: &b {x: 1}\nsame: *b\n", "{base: {x: 1}, same: {x: 1}}"),
    ("한글: \"\\u2500\"\n", "{한글: '─'}"),
    ("? [a, b]\n: c\n", "{[a, b]: c}"),
  ])
  func documentsBecomeNodes(text: String, expected: String) throws {
    let node = try #require(try YAML.document(text))
    #expect(brief(node) == expected)
  }

  @Test(arguments: [("", 0), ("# nothing\n", 0), ("a", 1), ("---\na\n---\nb\n", 2), ("--- \n--- \n...\n", 2)])
  func documentsAreCounted(text: String, count: Int) throws {
    #expect(try YAML.documents(text).count == count)
  }

  @Test func nodesKnowTheirPlace() throws {
    let node = try #require(try YAML.document("# first\nkey:\n  - 값: here\n"))
    #expect(node.mark == Node.Mark(line: 2, column: 1))
    let item = try #require(node.mapping?["key"]?.sequence?.first)
    #expect(item.mark == Node.Mark(line: 3, column: 5))
    #expect(item.mapping?["값"]?.mark == Node.Mark(line: 3, column: 8))
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3\n", 1, 1, YAMLError.Problem.duplicateKey("a")),
    ("a: *nobody\n", 1, 4, .syntax("found undefined alias")),
    ("a: &x [*x]\n", 1, 8, .syntax("found undefined alias")),
    ("---\na\n---\nb\n", 4, 1, .severalDocuments),
    ("a: [1\nb: 2\n", 2, 2, .syntax("while parsing a flow sequence did not find expected ',' or ']'")),
    (
      "a:\n\t- 1\n", 2, 1,
      .syntax("while scanning for the next token found character that cannot start any token")
    ),
  ])
  func faultsHaveAPlace(text: String, line: Int, column: Int, problem: YAMLError.Problem) {
    #expect(throws: YAMLError(mark: Node.Mark(line: line, column: column), problem: problem)) {
      try YAML.document(text)
    }
  }

  @Test func aControlCharacterIsAFaultOfTheWholeText() {
    #expect(throws: YAMLError(mark: nil, problem: .syntax("control characters are not allowed"))) {
      try YAML.document("a: \u{01}")
    }
  }

  @Test func depthAndAliasesHaveTheirLimits() {
    let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    #expect(throws: YAMLError(mark: Node.Mark(line: 1, column: 202), problem: .tooDeep)) {
      try YAML.document(deep)
    }
    let bomb = (1...9).reduce("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n") { text, level in
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      return text + "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect { try YAML.document(bomb) } throws: { ($0 as? YAMLError)?.problem == .tooManyNodes }
  }
}
