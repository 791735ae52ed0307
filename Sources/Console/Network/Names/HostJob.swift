import NetModel

/// `host`: a name's addresses, or an address's name.
///
/// Source: BIND 9.20 `bin/dig/host.c`.
struct HostJob: Job {
  private let stack: StackID
  private let name: String
  private let server: IPv4Address?
  private var search = NameSearch()

  init(_ invocation: Invocation) throws(Refusal) {
    stack = invocation.stack
    if let option = invocation.arguments.first(where: { $0.hasPrefix("-") }) { throw .notModelled(option) }
    guard let name = invocation.arguments.first else { throw .notModelled("without a name") }
    self.name = name
    server = invocation.arguments.dropFirst().first.flatMap { IPv4Address(parsing: $0) }
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    do throws(Refusal) {
      switch try search.goOn(for: name, at: server, types: [.a, .aaaa], from: stack, in: &lab) {
      case .waiting(let until): return .waiting(JobWait(until: until))
      case .timedOut(let server, let tries):
        let line = ";; communications error to \(server)#53: timed out\n"
        output.write(String(repeating: line, count: tries) + ";; no servers could be reached\n")
        return .ended(status: 1)
      case .answered(_, let messages, _):
        guard messages.first?.code == .noError else {
          output.write("Host \(name) not found: 3(NXDOMAIN)\n")
          return .ended(status: 1)
        }
        for record in messages.flatMap(\.answers) {
          switch record.data {
          case .address(let address): output.write("\(record.name) has address \(address)\n")
          case .pointer(let target): output.write("\(record.name) domain name pointer \(target).\n")
          case .canonicalName(let target): output.write("\(record.name) is an alias for \(target).\n")
          case .startOfAuthority: break
          }
        }
        return .ended(status: 0)
      }
    } catch {
      output.writeError(error.result(of: "host").standardError)
      return .ended(status: error.result(of: "host").status)
    }
  }
}
