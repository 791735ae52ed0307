import ControlPlane
import NetModel
import PacketTrace

extension RunningLab {
  /// Asks for a name as programs of a stack do: an address stands for itself, then `/etc/hosts`, then the name
  /// servers of `/etc/resolv.conf`.
  mutating func resolve(_ name: String, on stack: StackID) -> NameLookup {
    if let address = IPv4Address(parsing: name) ?? addressInHostsFile(of: name, on: stack) {
      return NameLookup(name: name, answer: .found(address), due: now, isQuick: true)
    }
    guard case .pod(let pod) = stack, let resolver = resolverFile(of: pod) else {
      return NameLookup(name: name, answer: .notModelled, due: now, isQuick: true)
    }
    return ask(resolver, for: name, from: stack)
  }

  /// One candidate after the other, each with a question for IPv4 and one for IPv6 from the same socket.
  ///
  /// Source: musl `src/network/lookup_name.c`, glibc `resolv/nss_dns/dns-host.c`.
  private mutating func ask(_ resolver: ResolverFile, for name: String, from stack: StackID) -> NameLookup {
    for candidate in resolver.candidates(for: name) {
      let port = drawPort()
      let answers = [DNSMessage.RecordType.a, .aaaa].map { type in
        ask(resolver.server, DNSMessage.Question(name: candidate, type: type), port: port, from: stack).answer
      }
      switch answers[0] {
      case .message(let message):
        guard let address = message.addresses.first else { continue }
        return NameLookup(name: name, answer: .found(address), due: now, isQuick: true)
      case .outside: return NameLookup(name: name, answer: .notModelled, due: now, isQuick: true)
      case .silence:
        return NameLookup(name: name, answer: .noServer, due: now + resolver.patience, isQuick: false)
      case .refused: return NameLookup(name: name, answer: .noServer, due: now, isQuick: true)
      }
    }
    return NameLookup(name: name, answer: .unknown, due: now, isQuick: true)
  }

  /// Sends one question to a name server.
  mutating func ask(
    _ server: IPv4Address, _ question: DNSMessage.Question, port: UInt16, from stack: StackID
  ) -> (answer: NameServerAnswer, duration: Duration) {
    let message = DNSMessage(identification: UInt16(truncatingIfNeeded: draw()), question: question)
    var flow = Flow(origin: stack, destination: server, content: .transport(.udp, port: 53))
    flow.dontFragment = false
    flow.choices.port = port
    flow.choices.payload = .bytes(message.bytes)
    let answer = network?.cluster.flatMap { ClusterDNS(cluster: $0).answer(to: message) }
    flow.choices.answer = answer.map { .bytes($0.bytes) }
    let exchange = send(flow)
    guard let packet = exchange.answer else { return (.silence, exchange.duration) }
    guard packet.udp != nil else { return (.refused, exchange.duration) }
    return (answer.map { .message($0) } ?? .outside, exchange.duration)
  }
}

/// What came back from a name server.
enum NameServerAnswer: Hashable, Sendable {
  case message(DNSMessage)
  /// It passes the question on to servers outside the model.
  case outside
  case silence
  /// Somebody says that no name server is there.
  case refused
}

extension DNSMessage {
  var addresses: [IPv4Address] {
    answers.compactMap { if case .address(let address) = $0.data { address } else { nil } }
  }
}
