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
      return NameLookup(name: name, answer: answerOutside(to: name), due: now, isQuick: true)
    }
    return ask(resolver, for: name, from: stack)
  }

  /// What a machine's own resolver makes of a name that `/etc/hosts` lacks; its name servers are not modelled.
  ///
  /// Source: systemd-resolved.service(8): names of one word are not asked of name servers; the cluster's own zone
  /// is known to its own name servers alone.
  private func answerOutside(to name: String) -> NameLookup.Answer {
    if name.hasSuffix("." + ClusterDNS.zone) { return .unknown }
    return name.contains(".") ? .notModelled : .noServer
  }

  /// One candidate after the other, each with a question for IPv4 and one for IPv6 from the same socket.
  ///
  /// Source: musl `src/network/lookup_name.c`, glibc `resolv/nss_dns/dns-host.c`.
  private mutating func ask(_ resolver: ResolverFile, for name: String, from stack: StackID) -> NameLookup {
    var elapsed = Duration.zero
    for candidate in resolver.candidates(for: name) {
      let port = drawPort()
      let asked = DNSMessage.Question(name: candidate, type: .a)
      let (answer, duration) = ask(resolver.server, asked, port: port, from: stack, after: elapsed)
      elapsed += duration
      if let end = answer.end(patience: resolver.patience) {
        return NameLookup(
          name: name, answer: end.answer, due: now + elapsed + end.wait, isQuick: end.wait == .zero)
      }
      let other = DNSMessage.Question(name: candidate, type: .aaaa)
      elapsed += ask(resolver.server, other, port: port, from: stack, after: elapsed).duration
      guard case .message(let message) = answer, let address = message.addresses.first else { continue }
      return NameLookup(name: name, answer: .found(address), due: now + elapsed, isQuick: true)
    }
    return NameLookup(name: name, answer: .unknown, due: now + elapsed, isQuick: true)
  }

  /// Sends one question to a name server, `after` so long.
  mutating func ask(
    _ server: IPv4Address, _ question: DNSMessage.Question, port: UInt16, from stack: StackID,
    after delay: Duration = .zero
  ) -> (answer: NameServerAnswer, duration: Duration) {
    let message = DNSMessage(identification: UInt16(truncatingIfNeeded: draw()), question: question)
    var flow = Flow(origin: stack, destination: server, content: .transport(.udp, port: 53))
    flow.dontFragment = false
    flow.choices.port = port
    flow.choices.payload = .bytes(message.bytes)
    let answer = network?.cluster.flatMap { ClusterDNS(cluster: $0).answer(to: message) }
    flow.choices.answer = answer.map { .bytes($0.bytes) }
    let exchange = send(flow, after: delay)
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

  /// What a program makes of an answer that ends its search, and how long it waits for it; `nil` where it goes on.
  fileprivate func end(patience: Duration) -> (answer: NameLookup.Answer, wait: Duration)? {
    switch self {
    case .message: nil
    case .outside: (.notModelled, .zero)
    case .silence: (.noServer, patience)
    case .refused: (.noServer, .zero)
    }
  }
}

extension DNSMessage {
  var addresses: [IPv4Address] {
    answers.compactMap { if case .address(let address) = $0.data { address } else { nil } }
  }
}
