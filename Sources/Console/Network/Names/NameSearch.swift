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
    /// One message for each type that was asked for, and how long the last one took.
    case answered(IPv4Address, [DNSMessage], Duration)
  }

  /// - Throws: `notModelled` for stacks without a name server of the cluster, and for names outside of it.
  mutating func goOn(
    for name: String, at given: IPv4Address?, types: [DNSMessage.RecordType], from stack: StackID,
    in lab: inout RunningLab
  ) throws(Refusal) -> State {
    let resolver = try resolver(of: stack, at: given, in: lab)
    let server = given ?? resolver.server
    if let due, due > lab.now { return .waiting(until: due) }
    if due != nil, tries >= NameSearch.mostTries { return .timedOut(server, tries: tries) }
    let found = try ask(resolver, for: name, at: server, types: types, from: stack, in: &lab)
    if let found { return .answered(server, found.messages, found.duration) }
    tries += 1
    let until = lab.now + NameSearch.patience
    due = until
    return .waiting(until: until)
  }

  /// A pod's own; a machine's tools ask a server of the cluster where they are told to.
  private func resolver(
    of stack: StackID, at given: IPv4Address?, in lab: RunningLab
  ) throws(Refusal) -> ResolverFile {
    if case .pod(let pod) = stack, let resolver = lab.resolverFile(of: pod) { return resolver }
    guard let given else { throw .notModelled("the machine's own name servers") }
    return ResolverFile(server: given, searches: [], library: .glibc)
  }

  /// The messages of the first candidate that exists, else of the last; `nil` where nothing comes.
  private func ask(
    _ resolver: ResolverFile, for name: String, at server: IPv4Address, types: [DNSMessage.RecordType],
    from stack: StackID, in lab: inout RunningLab
  ) throws(Refusal) -> (messages: [DNSMessage], duration: Duration)? {
    let reverse = IPv4Address(parsing: name)?.reverseName
    let asked: [DNSMessage.RecordType] = reverse == nil ? types : [.ptr]
    var last: [DNSMessage] = []
    var duration = Duration.zero
    for candidate in reverse.map({ [$0] }) ?? resolver.candidates(for: name) {
      var found: [DNSMessage] = []
      for type in asked {
        let question = DNSMessage.Question(name: candidate, type: type)
        let reply = lab.ask(server, question, port: lab.drawPort(), from: stack)
        duration = reply.duration
        switch reply.answer {
        case .message(let message): found.append(message)
        case .outside: throw .notModelled(candidate)
        case .silence, .refused: return nil
        }
        if found.first?.code != .noError { break }
      }
      last = found
      if found.first?.code == .noError { break }
    }
    return (last, duration)
  }
}

extension IPv4Address {
  /// The name under which an address's own name is kept (RFC 1035, section 3.5).
  var reverseName: String {
    description.split(separator: ".").reversed().joined(separator: ".") + ".in-addr.arpa"
  }
}
