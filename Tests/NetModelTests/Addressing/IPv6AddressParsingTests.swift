import Testing

@testable import NetModel

struct IPv6AddressParsingTests {
  @Test(arguments: [
    "::", "::1", "1::", "fe80::a00:27ff:fe6b:69c9", "2001:db8::1", "1:2:3:4:5:6:7:8", "ff00::",
    "2001:db8:0:1::2",
  ])
  func whatIsPrintedIsRead(_ text: String) {
    #expect(IPv6Address(parsing: text)?.description == text)
  }

  @Test(arguments: [
    ("0:0:0:0:0:0:0:1", "::1"), ("1:0:0:0:0:0:0:0", "1::"), ("::ffff:10.0.2.15", "::ffff:a00:20f"),
  ])
  func otherFormsAreRead(_ text: String, _ shortest: String) {
    #expect(IPv6Address(parsing: text)?.description == shortest)
  }

  @Test(arguments: [
    "", ":", ":::", "1", "1:2", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::",
    ":1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:", "::1%eth0", "::1/128", "1.2.3.4", "::10.0.0.1:1", "1:2:3:4:5:6:7::8",
  ])
  func nothingElseIs(_ text: String) {
    #expect(IPv6Address(parsing: text) == nil)
  }
}
