import Testing

@testable import Console

@Suite("Command lines of Go tools")
struct FlagSetTests {
  private static let flags = FlagSet([
    Flag("output", "o", .text), Flag("namespace", "n", .text), Flag("stdin", "i", .bool),
    Flag("tty", "t", .bool), Flag("set", nil, .texts), Flag("replicas", nil, .number),
    Flag("dry-run", nil, .optionalText("unchanged")), .unmodelled("kubeconfig", nil, .text),
  ])

  @Test(
    "A flag's value may be glued to it, follow it, or stand behind =",
    arguments: [
      ["-owide"], ["-o=wide"], ["-o", "wide"], ["--output=wide"], ["--output", "wide"], ["-itowide"],
      ["-o", "yaml", "-owide"],
    ])
  func values(words: [String]) throws {
    #expect(try Self.flags.parse(words).text("output") == "wide")
  }

  @Test("Flags stand anywhere, and nothing behind -- is one")
  func positions() throws {
    let parsed = try Self.flags.parse(["-it", "web", "-n", "prod", "--", "ping", "-c", "1"])
    #expect(parsed.arguments == ["web", "ping", "-c", "1"])
    #expect(parsed.dashPosition == 1)
    #expect(parsed.isOn("stdin") && parsed.isOn("tty"))
    #expect(parsed.text("namespace") == "prod")
  }

  @Test("The first word that is no flag may end them")
  func wordsEndFlags() throws {
    let parsed = try FlagSet([Flag("user", "u", .text)], areInterspersed: false)
      .parse(["-u", "root", "ip", "-br", "a"])
    #expect(parsed.arguments == ["ip", "-br", "a"])
  }

  @Test("Lists, numbers, switches and flags whose value may be missing")
  func kinds() throws {
    let parsed = try Self.flags.parse([
      "--set", "a=1,b=2", "--set=c=3", "--replicas=4", "--tty=false", "--dry-run", "x",
    ])
    #expect(parsed.texts("set") == ["a=1", "b=2", "c=3"])
    #expect(parsed.number("replicas") == 4)
    #expect(parsed.contains("tty") && !parsed.isOn("tty"))
    #expect(parsed.text("dry-run") == "unchanged")
    #expect(parsed.arguments == ["x"])
    #expect(parsed.unmodelled.isEmpty)
    #expect(try Self.flags.parse(["--kubeconfig", "f"]).unmodelled == ["--kubeconfig"])
  }

  @Test(
    "What does not fit is refused in pflag's words",
    arguments: [
      (["--outputs"], "unknown flag: --outputs"),
      (["-ix"], "unknown shorthand flag: 'x' in -ix"),
      (["--=x"], "bad flag syntax: --=x"),
      (["--output"], "flag needs an argument: --output"),
      (["-io"], "flag needs an argument: 'o' in -io"),
      (
        ["--replicas", "two"],
        "invalid argument \"two\" for \"--replicas\" flag: strconv.ParseInt: parsing \"two\": invalid syntax"
      ),
      (
        ["-t=maybe"],
        "invalid argument \"maybe\" for \"-t, --tty\" flag: strconv.ParseBool: parsing \"maybe\": invalid syntax"
      ),
    ])
  func refusals(words: [String], message: String) {
    let error = #expect(throws: FlagError.self) { try Self.flags.parse(words) }
    #expect(error?.message == message)
  }

  @Test(
    "Flags may stand before the command; unknown ones are taken to have a value",
    arguments: [
      (["-n", "kube-system", "get", "lease"], "get", ["-n", "kube-system", "lease"]),
      (["-n=kube-system", "get"], "get", ["-n=kube-system"]),
      (["-it", "exec", "p"], "exec", ["-it", "p"]),
      (["--stdin", "exec"], "exec", ["--stdin"]),
      (["-A", "get", "pod"], "pod", ["-A", "get"]),
    ])
  func commands(words: [String], name: String, rest: [String]) throws {
    let found = try #require(Self.flags.command(in: words))
    #expect(found.name == name && found.rest == rest)
  }
}
