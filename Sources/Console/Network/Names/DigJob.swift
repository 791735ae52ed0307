import ControlPlane
import NetModel

/// `dig`: what a name server of the cluster answers.
///
/// Source: BIND 9.20 `bin/dig/dig.c`.
struct DigJob: Job {
  private let stack: StackID
  /// As the first line repeats them.
  private let words: [String]
  private var name = ""
  private var server: IPv4Address?
  private var type = DNSMessage.RecordType.a
  private var isSearching = false
  private var isShort = false
  private var sections = Set(DigReport.Section.allCases)
  private var search = NameSearch()

  init(_ invocation: Invocation) throws(Refusal) {
    stack = invocation.stack
    words = invocation.arguments
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "+short": isShort = true
      case "+search": isSearching = true
      case "+noall": sections = []
      case "+answer": sections.insert(.answer)
      case "+question": sections.insert(.question)
      case "+comments": sections.insert(.comments)
      case "+stats": sections.insert(.statistics)
      case "-x":
        guard let address = rest.popFirst().flatMap({ IPv4Address(parsing: $0) }) else {
          throw .notModelled("-x")
        }
        name = address.reverseName
        type = .ptr
      case "-t":
        guard let type = rest.popFirst().flatMap(DNSMessage.RecordType.init(word:)) else {
          throw .notModelled("-t")
        }
        self.type = type
      case _ where word.hasPrefix("@"):
        guard let address = IPv4Address(parsing: String(word.dropFirst())) else { throw .notModelled(word) }
        server = address
      case _ where word.hasPrefix("+") || word.hasPrefix("-"): throw .notModelled(word)
      case _ where DNSMessage.RecordType(word: word) != nil: type = DNSMessage.RecordType(word: word) ?? .a
      default: name = word
      }
    }
    guard !name.isEmpty else { throw .notModelled("without a name") }
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    let wanted = isSearching || name.hasSuffix(".") ? name : name + "."
    do throws(Refusal) {
      switch try search.goOn(for: wanted, at: server, types: [type], from: stack, in: &lab) {
      case .waiting(let until): return .waiting(JobWait(until: until))
      case .timedOut(let server, let tries):
        let line = ";; communications error to \(server)#53: timed out\n"
        output.write(String(repeating: line, count: tries))
        if !isShort {
          output.write("\n; <<>> DiG 9.20 <<>> \(words.joined(separator: " "))\n;; global options: +cmd\n")
        }
        output.write(";; no servers could be reached\n")
        return .ended(status: 9)
      case .answered(let server, let messages, let duration):
        guard !isShort else {
          messages.flatMap(\.answers).forEach { output.write($0.data.digText + "\n") }
          return .ended(status: 0)
        }
        for message in messages {
          let report = DigReport(
            message: message, words: words, server: server, duration: duration, time: lab.wallTime,
            sections: sections)
          output.write(report.text)
        }
        return .ended(status: 0)
      }
    } catch {
      output.writeError(error.result(of: "dig").standardError)
      return .ended(status: error.result(of: "dig").status)
    }
  }
}
