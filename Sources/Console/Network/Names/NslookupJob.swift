import NetModel

/// `nslookup` in a pod: a name's addresses, or an address's name, by the cluster's name server.
///
/// Source: BIND 9.20 `bin/dig/nslookup.c`.
struct NslookupJob: Job {
  private let stack: StackID
  private let name: String
  private let server: IPv4Address?
  private var search = NameSearch()

  init(_ invocation: Invocation) throws(Refusal) {
    stack = invocation.stack
    let options = invocation.arguments.filter { $0.hasPrefix("-") }
    if let option = options.first { throw .notModelled(option) }
    guard let name = invocation.arguments.first else { throw .notModelled("without a name") }
    self.name = name
    guard invocation.arguments.count > 1 else {
      server = nil
      return
    }
    guard let address = IPv4Address(parsing: invocation.arguments[1]) else {
      throw .notModelled(invocation.arguments[1])
    }
    server = address
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    do throws(Refusal) {
      switch try search.goOn(for: name, at: server, types: [.a, .aaaa], from: stack, in: &lab) {
      case .waiting(let until): return .waiting(JobWait(until: until))
      case .timedOut(let server, let tries):
        let line = ";; communications error to \(server)#53: timed out\n"
        output.write(String(repeating: line, count: tries) + ";; no servers could be reached\n\n")
        return .ended(status: 1)
      case .answered(let server, let messages):
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

/// `dig +short` in a pod: the answers alone.
///
/// Source: BIND 9.20 `bin/dig/dig.c`.
struct DigJob: Job {
  private let stack: StackID
  private var name = ""
  private var server: IPv4Address?
  private var type = DNSMessage.RecordType.a
  private var isSearching = false
  private var search = NameSearch()

  init(_ invocation: Invocation) throws(Refusal) {
    stack = invocation.stack
    var words = invocation.arguments[...]
    var isShort = false
    while let word = words.popFirst() {
      switch word {
      case "+short": isShort = true
      case "+search": isSearching = true
      case "-x":
        guard let address = words.popFirst().flatMap({ IPv4Address(parsing: $0) }) else {
          throw .notModelled("-x")
        }
        name = address.reverseName
        type = .ptr
      case _ where word.hasPrefix("@"):
        guard let address = IPv4Address(parsing: String(word.dropFirst())) else { throw .notModelled(word) }
        server = address
      case _ where word.hasPrefix("+") || word.hasPrefix("-"): throw .notModelled(word)
      case "A", "a": type = .a
      case "AAAA", "aaaa": type = .aaaa
      default: name = word
      }
    }
    guard isShort, !name.isEmpty else { throw .notModelled("without +short") }
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    let wanted = isSearching || name.hasSuffix(".") ? name : name + "."
    do throws(Refusal) {
      switch try search.goOn(for: wanted, at: server, types: [type], from: stack, in: &lab) {
      case .waiting(let until): return .waiting(JobWait(until: until))
      case .timedOut(let server, let tries):
        let line = ";; communications error to \(server)#53: timed out\n"
        output.write(String(repeating: line, count: tries) + ";; no servers could be reached\n")
        return .ended(status: 9)
      case .answered(_, let messages):
        for record in messages.flatMap(\.answers) {
          switch record.data {
          case .address(let address): output.write("\(address)\n")
          case .pointer(let target), .canonicalName(let target): output.write("\(target).\n")
          case .startOfAuthority: break
          }
        }
        return .ended(status: 0)
      }
    } catch {
      output.writeError(error.result(of: "dig").standardError)
      return .ended(status: error.result(of: "dig").status)
    }
  }
}
