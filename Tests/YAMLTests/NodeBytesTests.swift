import Testing

@testable import YAML

@Suite struct NodeBytesTests {
  @Test(arguments: ["a", "'a'", "[]", "{}", "a: [1, {b: '한글'}]\nc:\n  - x\n", "a: \"\"\n"])
  func bytesAreReadBack(text: String) throws {
    let node = try #require(try YAML.document(text))
    let read = try #require(Node(bytes: node.bytes))
    #expect(read.bytes == node.bytes)
    #expect(read.mark == node.mark)
  }

  /// Bytes that were cut short or changed give a node or nothing, and never a crash.
  @Test func brokenBytesAreRefused() throws {
    let bytes = try #require(try YAML.document("a: [1, 2, {b: c}]\n")).bytes
    for end in bytes.indices { #expect(Node(bytes: Array(bytes[..<end])) == nil) }
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0xff
      _ = Node(bytes: changed)
    }
    #expect(Node(bytes: bytes + [0]) == nil)
  }
}
