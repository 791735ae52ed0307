/// The command line of `ssh`.
///
/// Source: OpenSSH `ssh.c`, `main`: options end at the host, go on behind it, and end for good at the command.
struct SSHOptions: Hashable, Sendable {
  /// Without the user's name.
  var host = ""
  /// The command's words with a blank between them; `nil` asks for a shell.
  var line: String?
  var port: UInt16 = 22
  /// In seconds; `nil` waits as long as the kernel does.
  var connectTimeout: Int64?
  /// `-n`: nothing is read.
  var readsNothing = false

  private static let withValue = Set("BbcDEeFIiJLlmOopQRSWw")
  private static let withoutValue = Set("46AaCfGgKkMNnqsTtVvXxYy")

  init(parsing words: [String]) throws(Refusal) {
    var rest = words[...]
    try takeOptions(&rest)
    guard let target = rest.popFirst() else { throw .complaint(Self.usage, status: 255) }
    let name = target.hasPrefix("ssh://") ? String(target.dropFirst(6)) : target
    host = name.split(separator: "@").last.map(String.init) ?? name
    try takeOptions(&rest)
    if !rest.isEmpty { line = rest.joined(separator: " ") }
  }

  private mutating func takeOptions(_ rest: inout ArraySlice<String>) throws(Refusal) {
    while let word = rest.first, word.hasPrefix("-"), word.count > 1 {
      rest.removeFirst()
      if word == "--" { return }
      try take(word.dropFirst(), &rest)
    }
  }

  /// Takes letters that share a dash, and the value of the last.
  private mutating func take(_ letters: Substring, _ rest: inout ArraySlice<String>) throws(Refusal) {
    var letters = letters
    while let letter = letters.popFirst() {
      guard Self.withValue.contains(letter) else {
        guard Self.withoutValue.contains(letter) else {
          throw .complaint("unknown option -- \(letter)\n" + Self.usage, status: 255)
        }
        try takeFlag(letter)
        continue
      }
      guard let value = letters.isEmpty ? rest.popFirst() : String(letters) else {
        throw .complaint("option requires an argument -- \(letter)\n" + Self.usage, status: 255)
      }
      return try takeValue(value, of: letter)
    }
  }

  private mutating func takeFlag(_ letter: Character) throws(Refusal) {
    switch letter {
    case "n": readsNothing = true
    case "f", "G", "M", "N", "s", "V": throw .notModelled("-\(letter)")
    default: break
    }
  }

  private mutating func takeValue(_ value: String, of letter: Character) throws(Refusal) {
    switch letter {
    case "p":
      guard let number = UInt16(value), number > 0 else {
        throw .complaint("Bad port '\(value)'\n", status: 255)
      }
      port = number
    case "o":
      let parts = value.split(maxSplits: 1) { $0 == "=" || $0 == " " }.map(String.init)
      if parts.first?.lowercased() == "connecttimeout" { connectTimeout = parts.last.flatMap { Int64($0) } }
      if parts.first?.lowercased() == "port", let number = parts.last.flatMap({ UInt16($0) }) {
        port = number
      }
    case "i", "l", "F", "c", "m", "E", "e", "b", "B", "I": break
    default: throw .notModelled("-\(letter)")
    }
  }

  private static let usage = """
    usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]
               [-c cipher_spec] [-D [bind_address:]port] [-E log_file]
               [-e escape_char] [-F configfile] [-I pkcs11] [-i identity_file]
               [-J destination] [-L address] [-l login_name] [-m mac_spec]
               [-O ctl_cmd] [-o option] [-P tag] [-p port] [-R address]
               [-S ctl_path] [-W host:port] [-w local_tun[:remote_tun]]
               destination [command [argument ...]]
           ssh [-Q query_option]

    """
}
