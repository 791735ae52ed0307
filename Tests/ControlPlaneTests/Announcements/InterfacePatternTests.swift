import Testing

@testable import ControlPlane

/// Source of the texts: Go `regexp` and `regexp/syntax`.
@Suite struct InterfacePatternTests {
  @Test(arguments: [
    ("eth1", "eth1", true), ("eth1", "eth10", true), ("eth1", "veth1", true), ("eth1", "eth2", false),
    ("^eth[1-9]+", "eth1", true), ("^eth[1-9]+", "eth0", false), ("^eth[1-9]+", "veth1", false),
    ("^eth0$", "eth0", true), ("^eth0$", "eth01", false), ("", "lo", true), ("e.h", "eth0", true),
    ("^(eth|ens)\\d+$", "ens192", true), ("^(?:eth|ens)\\d+$", "enp0s3", false), ("^e(th)?n", "enp0s8", true),
    ("^e.{2}0$", "eth0", true), ("^e.{3,}0$", "eth0", false), ("^e.{1,2}0$", "eth0", true),
    ("(?i)ETH", "eth0", true), ("^(?i:E)th", "eth0", true), ("^E", "eth0", false), ("eth|", "lo", true),
    ("^[^e]", "eth0", false), ("^[^e]", "lo", true), ("[[:digit:]]$", "eth0", true),
    ("^[\\w.]+$", "eth0.10", true),
    ("^[\\D]+$", "eth0", false), ("\\Aeth\\z", "eth", true), ("\\bth", "eth", false),
    ("eth\\.1", "eth01", false),
    ("^(a*)*$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false), ("x{,2}", "x{,2}", true), ("[a-]", "-", true),
    ("[]a]", "]", true), ("\\x65th", "eth0", true), ("(?P<kind>eth)", "eth0", true), ("e+?", "lo", false),
  ])
  func isFound(pattern: String, name: String, expected: Bool) throws {
    #expect(try InterfacePattern(pattern).isFound(in: name) == expected)
  }

  @Test(arguments: [
    ("eth[1-9", "missing closing ]: `[1-9`"), ("(eth", "missing closing ): `(eth`"),
    ("eth)", "unexpected ): `eth)`"), ("*eth", "missing argument to repetition operator: `*`"),
    ("eth**", "invalid nested repetition operator: `**`"), ("[9-1]", "invalid character class range: `9-1`"),
    ("eth\\", "trailing backslash at end of expression: ``"), ("\\y", "invalid escape sequence: `\\y`"),
    ("a{1001}", "invalid repeat count: `{1001}`"), ("a{3,2}", "invalid repeat count: `{3,2}`"),
    ("(?=e)", "invalid or unsupported Perl syntax: `(?=`"),
    ("(|*)", "missing argument to repetition operator: `*`"),
  ])
  func isRefused(pattern: String, message: String) {
    #expect {
      try InterfacePattern(pattern)
    } throws: { error in
      "\(error)" == "error parsing regexp: \(message)"
    }
  }
}
