import NetModel

/// Asks a name server for a name, candidate after candidate, three times where nothing comes.
///
/// Source: BIND 9.20 `bin/dig/dighost.c`: 5 s, three tries.
struct NameSearch: Sendable {
  private var tries = 0
  private var due: Instant?

  /// Questions to a name server that does not answer.
  private static let mostTries = 3
  private static let patience = Duration.seconds(5)

  enum State {
    case waiting(until: Instant)
    case timedOut(IPv4Address, tries: Int)
    /// One message for each type that was asked for.
    case answered(IPv4Address, [DNSMessage])
  }

  /// - Throws: `notModelled` for stacks without a name server of the cluster, and for names outside of it.
  mutating func goOn(
    for name: String, at given: IPv4Address?, types: [DNSMessage.RecordType], from stack: StackID,
    in lab: inout RunningLab
  ) throws(Refusal) -> State {
    guard case .pod(let pod) = stack, let resolver = lab.resolverFile(of: pod) else {
      throw .notModelled("the machine's own name servers")
    }
    let server = given ?? resolver.server
    if let due, due > lab.now { return .waiting(until: due) }
    if due != nil, tries >= NameSearch.mostTries { return .timedOut(server, tries: tries) }
    let messages = try ask(resolver, for: name, at: server, types: types, from: stack, in: &lab)
    if let messages { return .answered(server, messages) }
    tries += 1
    let until = lab.now + NameSearch.patience
    due = until
    return .waiting(until: until)
  }

  /// The messages of the first candidate that exists, else of the last; `nil` where nothing comes.
  private func ask(
    _ resolver: ResolverFile, for name: String, at server: IPv4Address, types: [DNSMessage.RecordType],
    from stack: StackID, in lab: inout RunningLab
  ) throws(Refusal) -> [DNSMessage]? {
    let reverse = IPv4Address(parsing: name)?.reverseName
    let asked: [DNSMessage.RecordType] = reverse == nil ? types : [.ptr]
    var last: [DNSMessage] = []
    for candidate in reverse.map({ [$0] }) ?? resolver.candidates(for: name) {
      var found: [DNSMessage] = []
      for type in asked {
        let question = DNSMessage.Question(name: candidate, type: type)
        switch lab.ask(server, question, port: lab.drawPort(), from: stack).answer {
        case .message(let message): found.append(message)
        case .outside: throw .notModelled(candidate)
        case .silence, .refused: return nil
        }
        if found.first?.code != .noError { break }
      }
      last = found
      if found.first?.code == .noError { break }
    }
    return last
  }
}

extension IPv4Address {
  /// The name under which an address's own name is kept (RFC 1035, section 3.5).
  var reverseName: String {
    description.split(separator: ".").reversed().joined(separator: ".") + ".in-addr.arpa"
  }
}
