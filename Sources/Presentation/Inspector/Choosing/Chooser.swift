import ControlPlane
import NetModel
import PacketTrace

/// A list to choose from; typing narrows it.
package struct Chooser: Hashable, Sendable {
  package var subject: Subject
  package var filter = ""
  /// Position in the narrowed list.
  package var selected = 0

  package enum Subject: Hashable, Sendable {
    case source, destination, backend
  }

  package enum Kind: Hashable, Sendable {
    case pod, host, service, address, path
  }

  /// One line of the list.
  package struct Item: Hashable, Sendable {
    package var kind: Kind
    package var name: String
    package var detail: String
    package var choice: Choice
  }

  package enum Choice: Hashable, Sendable {
    case origin(StackID)
    case destination(IPv4Address, Flow.Content?)
    case path(Int)
  }
}

extension InspectorState {
  /// The items that the chooser offers now, in order.
  package func items(of chooser: Chooser) -> [Chooser.Item] {
    let wanted = [chooser.filter.lowercased(), KeyMap.latin(chooser.filter).lowercased()]
    let found = allItems(for: chooser.subject).filter { item in
      let text = "\(item.name) \(item.detail)".lowercased()
      return chooser.filter.isEmpty || wanted.contains { text.contains($0) }
    }
    guard chooser.subject == .destination, let typed = typedAddress(chooser.filter) else { return found }
    return found + [typed]
  }

  private func allItems(for subject: Chooser.Subject) -> [Chooser.Item] {
    switch subject {
    case .source: podSources + hostSources
    case .destination: podDestinations + serviceDestinations + hostDestinations
    case .backend: paths
    }
  }

  private var podSources: [Chooser.Item] {
    scene.snapshot.pods.map { pod in
      Chooser.Item(
        kind: .pod, name: pod.pod.description, detail: "\(pod.address)  \(pod.node)",
        choice: .origin(.pod(pod.pod)))
    }
  }

  private var hosts: [NetworkStack] {
    scene.snapshot.stacks.filter { if case .host = $0.id { true } else { false } }
  }

  private var hostSources: [Chooser.Item] {
    hosts.map { stack in
      Chooser.Item(
        kind: .host, name: stack.id.description, detail: stack.ownAddresses.map(\.1).joined(separator: " "),
        choice: .origin(stack.id))
    }
  }

  private var podDestinations: [Chooser.Item] {
    scene.snapshot.pods.map { pod in
      Chooser.Item(
        kind: .pod, name: pod.pod.description, detail: "\(pod.address)  \(pod.node)",
        choice: .destination(pod.address, nil))
    }
  }

  /// Every frontend of every Service once, as the first agent that has it says.
  private var serviceDestinations: [Chooser.Item] {
    var seen: Set<Frontend> = []
    return scene.snapshot.agents.flatMap(\.datapath.services).filter { seen.insert($0.frontend).inserted }
      .map { entry in
        Chooser.Item(
          kind: .service, name: entry.service.description, detail: "\(entry.frontend) \(entry.type.rawValue)",
          choice: .destination(
            entry.frontend.address, .transport(entry.frontend.transport, port: entry.frontend.port)))
      }
  }

  private var hostDestinations: [Chooser.Item] {
    hosts.flatMap { stack in
      stack.ownAddresses.map { address, text in
        Chooser.Item(
          kind: .host, name: stack.id.description, detail: text, choice: .destination(address, nil))
      }
    }
  }

  private var paths: [Chooser.Item] {
    scene.walk.paths.enumerated().map { index, path in
      let backend = path.backend.map { "\($0.address):\($0.port)" }
      let branch = path.branch.map { "\($0.node) via \($0.gateway)" }
      return Chooser.Item(
        kind: .path, name: [backend, branch].compactMap { $0 }.joined(separator: "  "),
        detail: path.outcome.disposition.rawValue, choice: .path(index))
    }
  }

  /// `ADDRESS` or `ADDRESS:PORT` as it was typed.
  private func typedAddress(_ text: String) -> Chooser.Item? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPv4Address(parsing: first) else { return nil }
    guard parts.count == 2 else {
      return Chooser.Item(kind: .address, name: text, detail: "", choice: .destination(address, nil))
    }
    guard let port = decimalNumber(parts[1], atMost: 65535) else { return nil }
    let transport = if case .transport(let transport, _) = flow.content { transport } else { Transport.tcp }
    return Chooser.Item(
      kind: .address, name: text, detail: "",
      choice: .destination(address, .transport(transport, port: UInt16(port))))
  }
}

extension NetworkStack {
  /// The addresses that others can know the machine by, with the interfaces that bear them.
  fileprivate var ownAddresses: [(IPv4Address, String)] {
    interfaces.flatMap { interface in
      interface.addresses.map(\.local.address).filter { !$0.isLoopback }.map {
        ($0, "\($0) \(interface.name)")
      }
    }
  }
}
