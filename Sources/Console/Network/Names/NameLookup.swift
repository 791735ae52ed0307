import NetModel

/// What asking for a name's address came to, and when.
struct NameLookup: Hashable, Sendable {
  var name: String
  var answer: Answer
  /// When the answer is there.
  var due: Instant
  /// The answer comes within the same moment: nobody waits for it.
  var isQuick: Bool

  enum Answer: Hashable, Sendable {
    case found(IPv4Address)
    /// The name does not exist.
    case unknown
    /// No name server answers.
    case noServer
    /// The name servers are outside the model.
    case notModelled
  }

  /// Whose words are used where there is no address.
  enum Tool {
    case ping, tracepath, traceroute, arping
  }

  /// - Throws: what the tool says where there is no address.
  func address(for tool: Tool) throws(Refusal) -> IPv4Address {
    switch answer {
    case .found(let address): return address
    case .notModelled: throw .notModelled(name)
    case .unknown: throw complaint(of: tool, "Name or service not known")
    case .noServer: throw complaint(of: tool, "Temporary failure in name resolution")
    }
  }

  /// Source: each tool's call of getaddrinfo; glibc's `gai_strerror`.
  private func complaint(of tool: Tool, _ reason: String) -> Refusal {
    switch tool {
    case .ping: .complaint("ping: \(name): \(reason)\n", status: 2)
    case .tracepath: .complaint("tracepath: \(name): \(reason)\n", status: 1)
    case .traceroute:
      .complaint(
        "\(name): \(reason)\nCannot handle \"host\" cmdline arg `\(name)' on position 1 (argc 1)\n", status: 2
      )
    case .arping: .complaint("arping: libnet_name2addr4(): \(reason): \(name)\n", status: 1)
    }
  }
}
