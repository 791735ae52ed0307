import ControlPlane
import Testing

@Suite("Ports of policies as prefixes")
struct L4MatchTests {
  @Test(
    arguments: [
      (80, 80, ["80/TCP"]), (0, 0, ["TCP"]), (0, 65535, ["TCP"]), (80, 79, ["80/TCP"]),
      (16, 31, ["16-31/TCP"]), (1, 7, ["1/TCP", "2-3/TCP", "4-7/TCP"]),
      (8080, 8090, ["8080-8087/TCP", "8088-8089/TCP", "8090/TCP"]),
      (65535, 65535, ["65535/TCP"]), (65534, 65535, ["65534-65535/TCP"]),
    ] as [(UInt16, UInt16, [String])])
  func range(_ first: UInt16, _ last: UInt16, expected: [String]) {
    #expect(L4Match.prefixes(.tcp, from: first, to: last).map(\.description) == expected)
  }

  /// Every port of the range is in exactly one prefix, and no other port is in any.
  @Test(
    arguments: [(1, 65535), (5, 5), (1023, 1025), (30000, 32767), (4, 60000), (32767, 32768)] as [(Int, Int)])
  func prefixesTileTheRange(_ first: Int, _ last: Int) {
    let prefixes = L4Match.prefixes(.udp, from: UInt16(first), to: UInt16(last))
    for port in stride(from: 0, through: 65535, by: 1) {
      let count = prefixes.count { $0.contains(L4Match(.udp, port: UInt16(port))) }
      #expect(count == ((first...last).contains(port) ? 1 : 0), "port \(port)")
    }
  }

  @Test func containment() {
    let web = L4Match(.tcp, port: 80)
    #expect(L4Match.any.contains(web))
    #expect(L4Match(.tcp, port: 0, portBits: 0).contains(web))
    #expect(!L4Match(.udp, port: 0, portBits: 0).contains(web))
    #expect(!web.contains(.any))
    #expect(web.prefixLength == 24 && L4Match.any.prefixLength == 0)
  }
}
