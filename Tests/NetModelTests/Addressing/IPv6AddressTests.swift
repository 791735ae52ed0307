import NetModel
import Testing

@Suite struct IPv6AddressTests {
  @Test(arguments: [
    ("9a:19:81:dc:91:8e", "fe80::9819:81ff:fedc:918e"),
    ("32:f7:07:ae:22:61", "fe80::30f7:7ff:feae:2261"),
    ("2a:9d:39:98:aa:db", "fe80::289d:39ff:fe98:aadb"),
  ])
  func linkLocalComesFromTheMAC(mac: String, expected: String) throws {
    let mac = try #require(MACAddress(parsing: mac))
    #expect(IPv6Address.linkLocal(from: mac).description == expected)
  }

  @Test(
    arguments: [
      (0, 0, "::"),
      (0, 1, "::1"),
      (0x2001_0db8_0000_0000, 0, "2001:db8::"),
      (0x2001_0db8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
      (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),
      (0x2001_0db8_0000_0000, 0x0001_0000_0000_0001, "2001:db8::1:0:0:1"),
    ] as [(UInt64, UInt64, String)])
  func theShortestFormIsWritten(upper: UInt64, lower: UInt64, expected: String) {
    #expect(IPv6Address(upper: upper, lower: lower).description == expected)
  }

  @Test func scopesFollowTheAddress() {
    #expect(IPv6InterfaceAddress(.loopback, length: 128).scope == .host)
    #expect(IPv6InterfaceAddress(.linkLocal(from: .zero), length: 64).scope == .link)
    #expect(IPv6InterfaceAddress(IPv6Address(upper: 1 << 61, lower: 1), length: 64).scope == .global)
  }
}
