import NetModel

/// `nslookup` in a pod: a name's addresses, or an address's name, by the cluster's name server.
///
/// Source: BIND 9.20 `bin/dig/nslookup.c`.
struct NslookupJob: Job {
  private let stack: StackID
  private let name: String
  private let server: IPv4Address?
  private var types: [DNSMessage.RecordType] = [.a, .aaaa]
  private var search = NameSearch()

  init(_ invocation: Invocation) throws(Refusal) {
    stack = invocation.stack
    for option in invocation.arguments.filter({ $0.hasPrefix("-") }) {
      let parts = option.dropFirst().split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, ["type", "query", "querytype", "q"].contains(parts[0]),
        let type = DNSMessage.RecordType(word: parts[1])
      else { throw .notModelled(option) }
      types = [type]
    }
    let words = invocation.arguments.filter { !$0.hasPrefix("-") }
    guard let name = words.first else { throw .notModelled("without a name") }
    self.name = name
    guard words.count > 1 else {
      server = nil
      return
    }
    guard let address = IPv4Address(parsing: words[1]) else { throw .notModelled(words[1]) }
    server = address
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    do throws(Refusal) {
      switch try search.goOn(for: name, at: server, types: types, from: stack, in: &lab) {
      case .waiting(let until): return .waiting(JobWait(until: until))
      case .timedOut(let server, let tries):
        let line = ";; communications error to \(server)#53: timed out\n"
        output.write(String(repeating: line, count: tries) + ";; no servers could be reached\n\n")
        return .ended(status: 1)
      case .answered(let server, let messages, _):
        output.write("Server:\t\t\(server)\nAddress:\t\(server)#53\n\n" + text(of: messages))
        return .ended(status: messages.first?.code == .noError ? 0 : 1)
      }
    } catch {
      output.writeError(error.result(of: "nslookup").standardError)
      return .ended(status: error.result(of: "nslookup").status)
    }
  }

  private func text(of messages: [DNSMessage]) -> String {
    guard let first = messages.first, first.code == .noError else {
      return "** server can't find \(name): NXDOMAIN\n\n"
    }
    let records = messages.flatMap(\.answers)
    let lines = records.map { record in
      switch record.data {
      case .address(let address): "Name:\t\(record.name)\nAddress: \(address)\n"
      case .pointer(let target): "\(record.name)\tname = \(target).\n"
      case .canonicalName(let target): "\(record.name)\tcanonical name = \(target).\n"
      case .startOfAuthority: ""
      }
    }
    return lines.isEmpty ? "*** Can't find \(name): No answer\n\n" : lines.joined() + "\n"
  }
}
