import Testing

@testable import Presentation

@Suite struct FuzzyMatchTests {
  @Test(arguments: [
    ("webpod", "default/webpod-1 172.20.1.2"), ("wbpd", "default/webpod-1"), ("w0 web", "webpod k8s-w0"),
    ("", "anything"), ("WEB", "webpod"),
  ])
  func fits(pattern: String, text: String) {
    #expect(FuzzyMatch.score(of: pattern, in: text) != nil)
  }

  @Test(arguments: [
    ("nowhere", "node-of-all-work in the west, here"), ("xyz", "webpod"),
  ])
  func doesNotFit(pattern: String, text: String) {
    #expect(FuzzyMatch.score(of: pattern, in: text) == nil)
  }

  @Test func whatStandsInOnePieceGoesFirst() throws {
    let whole = try #require(FuzzyMatch.score(of: "pod", in: "curl-pod"))
    let within = try #require(FuzzyMatch.score(of: "pod", in: "webpods"))
    let apart = try #require(FuzzyMatch.score(of: "pod", in: "p-o-d"))
    #expect(whole > within && within > apart)
  }
}
