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
    /// A bookmark, or a walk that was looked at.
    case walk
  }

  package enum Kind: Hashable, Sendable {
    case pod, host, service, address, path, bookmark, recent
  }

  /// One line of the list.
  package struct Item: Hashable, Sendable {
    package var kind: Kind
    /// An address, with a port where it has one; empty for what has none of its own.
    package var address: String
    package var name: String
    package var detail: String
    package var choice: Choice
  }

  package enum Choice: Hashable, Sendable {
    case origin(StackID)
    case destination(IPv4Address, Flow.Content?)
    case path(Int)
    case walk(Flow)
  }
}

extension InspectorState {
  /// The items that the chooser offers now, in order.
  package func items(of chooser: Chooser) -> [Chooser.Item] {
    let wanted = [chooser.filter, KeyMap.latin(chooser.filter)]
    let scored = allItems(for: chooser.subject).enumerated().compactMap { index, item in
      wanted.compactMap { FuzzyMatch.score(of: $0, in: "\(item.name) \(item.address) \(item.detail)") }.max()
        .map { (item: item, score: $0, index: index) }
    }
    let found = scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.map(\.item)
    guard chooser.subject == .destination, let typed = typedAddress(chooser.filter) else { return found }
    return found + [typed]
  }

  private func allItems(for subject: Chooser.Subject) -> [Chooser.Item] {
    switch subject {
    case .source: ownPods(sourceItem) + hostSources + otherPods(sourceItem)
    case .destination:
      ownPods(destinationItem) + ownServices + hostDestinations + otherPods(destinationItem) + otherServices
    case .backend: paths
    case .walk: bookmarks.map { walkItem($0, .bookmark) } + recent.map { walkItem($0, .recent) }
    }
  }

  /// The namespace whose pods and Services come first: the one that labs use.
  private static let firstNamespace = "default"

  private func ownPods(_ item: (Snapshot.PodPlacement) -> Chooser.Item) -> [Chooser.Item] {
    scene.snapshot.pods.filter { $0.pod.namespace == InspectorState.firstNamespace }.map(item)
  }

  private func otherPods(_ item: (Snapshot.PodPlacement) -> Chooser.Item) -> [Chooser.Item] {
    scene.snapshot.pods.filter { $0.pod.namespace != InspectorState.firstNamespace }.map(item)
  }

  private func walkItem(_ flow: Flow, _ kind: Chooser.Kind) -> Chooser.Item {
    Chooser.Item(
      kind: kind, address: "", name: text(of: flow, name: scene.snapshot.listName), detail: "",
      choice: .walk(flow))
  }

  private func sourceItem(_ pod: Snapshot.PodPlacement) -> Chooser.Item {
    Chooser.Item(
      kind: .pod, address: pod.address.description, name: "\(pod.pod)", detail: pod.node.name,
      choice: .origin(.pod(pod.pod)))
  }

  private func destinationItem(_ pod: Snapshot.PodPlacement) -> Chooser.Item {
    Chooser.Item(
      kind: .pod, address: pod.address.description, name: "\(pod.pod)", detail: pod.node.name,
      choice: .destination(pod.address, nil))
  }

  private var hosts: [NetworkStack] {
    scene.snapshot.stacks.filter { if case .host = $0.id { true } else { false } }
  }

  private var hostSources: [Chooser.Item] {
    hosts.map { stack in
      Chooser.Item(
        kind: .host, address: "", name: stack.id.description, detail: "", choice: .origin(stack.id))
    }
  }

  private var hostDestinations: [Chooser.Item] {
    hosts.flatMap { stack in
      scene.snapshot.reachableAddresses(of: stack).map { address, interface in
        Chooser.Item(
          kind: .host, address: address.description, name: stack.id.description, detail: interface,
          choice: .destination(address, nil))
      }
    }
  }

  private var ownServices: [Chooser.Item] {
    services.filter { $0.service.namespace == InspectorState.firstNamespace }.map(item)
  }

  private var otherServices: [Chooser.Item] {
    services.filter { $0.service.namespace != InspectorState.firstNamespace }.map(item)
  }

  /// Every frontend of every Service once, as the first agent that has it says; by name, ClusterIP first.
  private var services: [ServiceEntry] {
    var seen: Set<Frontend> = []
    let types = ServiceEntry.FrontendType.allCases
    return scene.snapshot.agents.flatMap(\.datapath.services)
      .filter { $0.frontend.address != .any && seen.insert($0.frontend).inserted }
      .sorted { left, right in
        (left.service, types.firstIndex(of: left.type) ?? 0, left.frontend)
          < (right.service, types.firstIndex(of: right.type) ?? 0, right.frontend)
      }
  }

  private func item(_ entry: ServiceEntry) -> Chooser.Item {
    Chooser.Item(
      kind: .service, address: entry.frontend.description, name: entry.service.description,
      detail: entry.type.rawValue,
      choice: .destination(
        entry.frontend.address, .transport(entry.frontend.transport, port: entry.frontend.port)))
  }

  private var paths: [Chooser.Item] {
    scene.walk.paths.enumerated().map { index, path in
      let backend = path.backend.map { "\($0.address):\($0.port)" }
      let branch = path.branch.map { "\($0.node) via \($0.gateway)" }
      return Chooser.Item(
        kind: .path, address: backend ?? "", name: branch ?? backendName(path) ?? "",
        detail: path.outcome.disposition.rawValue, choice: .path(index))
    }
  }

  /// The pod behind a path's backend.
  private func backendName(_ path: Path) -> String? {
    path.backend.flatMap { scene.snapshot.owner(of: $0.address) }.map { scene.snapshot.listName(of: $0) }
  }

  /// `ADDRESS` or `ADDRESS:PORT` as it was typed.
  private func typedAddress(_ text: String) -> Chooser.Item? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPv4Address(parsing: first) else { return nil }
    guard parts.count == 2 else {
      return Chooser.Item(
        kind: .address, address: text, name: "", detail: "", choice: .destination(address, nil))
    }
    guard let port = decimalNumber(parts[1], atMost: 65535) else { return nil }
    let transport = if case .transport(let transport, _) = flow.content { transport } else { Transport.tcp }
    return Chooser.Item(
      kind: .address, address: text, name: "", detail: "",
      choice: .destination(address, .transport(transport, port: UInt16(port))))
  }
}

extension Snapshot {
  /// The addresses that others in the network can know a machine by, with the interfaces that bear them.
  ///
  /// Those towards the outside are left out: every machine may have the same behind its own way out.
  fileprivate func reachableAddresses(of stack: NetworkStack) -> [(IPv4Address, String)] {
    let inside = stack.interfaces.filter { interface in
      if case .wire(let id) = interface.attachment { wire(id)?.exit == nil } else { true }
    }
    return inside.flatMap { interface in
      interface.addresses.map(\.local.address).filter { !$0.isLoopback }.map { ($0, interface.name) }
    }
  }
}
