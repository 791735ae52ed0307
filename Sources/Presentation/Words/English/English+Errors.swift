import ControlPlane
import NetModel
import PacketTrace

extension English {
  package func error(_ error: FlowError) -> String {
    switch error {
    case .unknownName(let name, let nearest) where nearest.isEmpty:
      "nothing is called '\(visible(name))' here: name a pod, WORKLOAD@NODE, a Service, a host or an address"
    case .unknownName(let name, let nearest):
      "nothing is called '\(visible(name))' here; did you mean \(list(nearest))?"
    case .ambiguousName(let name, let candidates):
      "'\(visible(name))' is more than one thing; say which: \(list(candidates))"
    case .noPodOnNode(let workload, let node, let nodes):
      "'\(visible(workload))' has no pod on \(visible(node)); it has on \(list(nodes))"
    case .notAPort(let text): "'\(visible(text))' is no port: a number from 1 to 65535 is needed"
    case .portWithoutTransport(let text):
      "an ICMP message has no port: leave ':\(visible(text))' out, or ask with --proto tcp or udp"
    case .noSuchPort(let service, let port, let transport, let frontends):
      "the Service \(visible(service.description)) has no \(transport.name) port \(port); it has "
        + list(frontends.map { "\($0.port)/\($0.transport.name)" })
    case .noFrontend(let service, let transport):
      "the Service \(visible(service.description)) has no \(transport.map { "\($0.name) " } ?? "")port to ask"
    case .serviceCannotSend(let service, let pods) where pods.isEmpty:
      "the Service \(visible(service.description)) sends nothing: name a pod or a host as the sender"
    case .serviceCannotSend(let service, let pods):
      "the Service \(visible(service.description)) sends nothing; its pods may: \(list(pods))"
    case .nobodyBears(let address): "no machine or pod of the network has the address \(address)"
    case .backendWithoutService(let name):
      "--backend \(visible(name)) needs a Service as the destination, with a port that it has"
    case .unknownBackend(let name, let backends):
      "the Service has no backend '\(visible(name))'; it has \(list(backends))"
    }
  }

  package func error(_ error: KeyTokens.Failure) -> String {
    switch error {
    case .unknownToken(let token):
      "'\(visible(token))' names no key: a character, Right, PgDn, Enter, Tab, Esc, F1, C-r, or \"text\""
    case .missingQuote: "the quoted text among the keys does not end"
    }
  }

  package func error(_ error: LabChoiceError) -> String {
    switch error {
    case .unreadableLab(let name, let reason, let builtIn):
      "the lab '\(visible(name))' cannot be read: \(reason); a lab file is needed, or \(list(builtIn))"
    case .unknownChapter(let name, let known):
      "the lab has no chapter '\(visible(name))'; it has \(list(known))"
    }
  }

  package func shellBanner(host: String) -> String {
    "A shell on \(visible(host)): the lab's commands act on the lab alone; exit leaves it."
  }

  package func notThereYet(_ command: String) -> String { "'\(command)' is not there yet" }

  private func list(_ names: [String]) -> String {
    let shown = names.map { visible($0) }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "none" }
    return shown.dropLast().joined(separator: ", ") + " or " + last
  }
}
