import NetModel
import Testing

@Suite struct IPv4PrefixTests {
  @Test(arguments: [
    ("10.0.0.0/8", true), ("10.0.0.1/8", false), ("10.0.0.1", true), ("10.0.0.0/33", false),
    ("10.0.0/8", false), ("", false), ("1.2.3.4/", false), ("01.2.3.4", false), ("0.0.0.0/0", true),
  ])
  func parsing(text: String, isValid: Bool) {
    #expect((IPv4Prefix(parsing: text) != nil) == isValid)
  }

  @Test func containsItsEnds() throws {
    let prefix = try #require(IPv4Prefix(parsing: "172.20.2.0/24"))
    #expect(prefix.contains(IPv4Address(172, 20, 2, 0)))
    #expect(prefix.contains(IPv4Address(172, 20, 2, 255)))
    #expect(!prefix.contains(IPv4Address(172, 20, 3, 0)))
    #expect(prefix.last == IPv4Address(172, 20, 2, 255))
    #expect(prefix.description == "172.20.2.0/24")
  }
}
