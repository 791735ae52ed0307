import ControlPlane
import NetModel
import PacketTrace

extension InspectorState {
  /// Wires as lines across the machines that are connected to them, then every machine's pods; the packet and
  /// its way are marked.
  func topologyContent(columns: Int) -> PaneContent {
    let map = TopologyMap(self, columns: columns)
    let items = map.lines.map { PaneContent.Item($0) } + exitItems
    return PaneContent(
      title: words.title(.topology), detail: words.step(position + 1, of: max(1, itinerary.stops.count)),
      items: items, selected: cursors[.topology] ?? 0, marking: .never)
  }

  /// The ways out of the network, with who answers there.
  private var exitItems: [PaneContent.Item] {
    let exits = scene.snapshot.wires.filter { $0.exit != nil }.map { wire in
      let ends = (wire.exit?.gateways ?? []).map { "\($0.address)" }.joined(separator: " ")
      return StyledLine("EXIT", .failure).adding("  \(visible(wire.id.name))  \(ends)", .dim)
    }
    return exits.isEmpty ? [] : [PaneContent.Item([StyledLine()] + exits, headingLines: 1)]
  }

  /// Opens the tables of the place where the packet is.
  mutating func openPlace() {
    open(.tables)
  }
}

/// The network as a map: a column for each machine, a line for each wire.
private struct TopologyMap {
  let state: InspectorState
  let machines: [NetworkStack]
  let margin: Int
  let width: Int
  let room: Int

  init(_ state: InspectorState, columns: Int) {
    self.state = state
    let snapshot = state.scene.snapshot
    let hosts = snapshot.stacks.filter { if case .host = $0.id { true } else { false } }
    let names = snapshot.wires.map { TopologyMap.label(of: $0).cellWidth }.max() ?? 0
    margin = min(max(8, names + 2), columns / 3)
    room = max(1, columns - margin)
    let shown = max(1, room / 15)
    let ordered = TopologyMap.ordered(hosts, snapshot.wires)
    let current = state.stop.flatMap { snapshot.machine(of: $0.step.stack) }
    let index = ordered.firstIndex { $0.id == current.map(StackID.host) } ?? 0
    let first = min(max(0, index - shown + 1), max(0, ordered.count - shown))
    machines = Array(ordered.dropFirst(first).prefix(shown))
    width = min(26, room / max(1, machines.count))
  }

  private static func label(of wire: Wire) -> String {
    wire.subnet?.description ?? visible(wire.id.name)
  }

  /// Machines that share a wire stand beside each other as far as possible.
  private static func ordered(_ hosts: [NetworkStack], _ wires: [Wire]) -> [NetworkStack] {
    var left = hosts
    var order: [NetworkStack] = []
    while !left.isEmpty {
      let known = Set(order.last.map { $0.wires } ?? [])
      let next = left.firstIndex { !known.isDisjoint(with: $0.wires) } ?? 0
      // Who has wires that nobody before has leads on; it comes last of those on the wire.
      let peers = left.indices.filter { !known.isDisjoint(with: left[$0].wires) }
      let placed = Set(order.flatMap(\.wires))
      let best = peers.min {
        left[$0].newWires(beside: placed, wires) < left[$1].newWires(beside: placed, wires)
      }
      order.append(left.remove(at: best ?? next))
    }
    return order
  }

  var lines: [StyledLine] {
    heading + shared.flatMap { lines(of: [$0]) } + lonely.flatMap(lines) + podLines
  }

  private var stage: Stage { state.stage }

  /// The wires between machines.
  private var shared: [Wire] {
    state.scene.snapshot.wires.filter { wire in machines.count { $0.wires.contains(wire.id) } > 1 }
  }

  /// The wires of one machine alone; those that are called alike stand in one line.
  private var lonely: [[Wire]] {
    var groups: [[Wire]] = []
    for wire in state.scene.snapshot.wires where machines.count(where: { $0.wires.contains(wire.id) }) == 1 {
      let label = TopologyMap.label(of: wire)
      if let index = groups.firstIndex(where: { TopologyMap.label(of: $0[0]) == label }) {
        groups[index].append(wire)
      } else {
        groups.append([wire])
      }
    }
    return groups
  }

  private var heading: [StyledLine] {
    let here = state.stop.flatMap { state.scene.snapshot.machine(of: $0.step.stack) }
    let blank = String(repeating: " ", count: margin)
    let names = machines.reduce(StyledLine(blank)) { line, machine in
      let isHere = machine.id == here.map(StackID.host)
      let isOff =
        state.lab.network.flatMap { network in
          if case .host(let node) = machine.id { network.machine(node)?.isUp == false } else { nil }
        } ?? false
      let name = visible(machine.id.description)
      let text = (isHere ? "[\(name)]" : " \(name) ") + (isOff ? "OFF" : "")
      let role: Style.Role = isHere ? .current : isOff ? .failure : .title
      return line.adding(text.shortened(columns: width - 1), role)
        .adding(String(repeating: " ", count: max(1, width - min(text.cellWidth, width - 1))))
    }
    return [names]
  }

  // MARK: Wires

  /// The line of a wire, or of several that are no one's but each one machine's, and what is connected.
  private func lines(of wires: [Wire]) -> [StyledLine] {
    let ids = wires.map(\.id)
    let ends = machines.map { machine in
      machine.interfaces.filter { if case .wire(let id) = $0.attachment { ids.contains(id) } else { false } }
    }
    guard let first = ends.firstIndex(where: { !$0.isEmpty }),
      let last = ends.lastIndex(where: { !$0.isEmpty })
    else { return [] }
    let span = wires.count == 1 ? first..<last : first..<first
    let link = stage.links.firstIndex { $0.isReached && $0.kind.wire == ids[0] && wires.count == 1 }
    let role: Style.Role = link.map { stage.links[$0].tunnel == nil ? .changed : .tunnel } ?? .border
    let label = TopologyMap.label(of: wires[0]).shortened(columns: margin - 1).padded(columns: margin)
    var line = StyledLine(label, link == nil ? .dim : .title)
    for index in machines.indices {
      line = line + segment(index, span, ends[index], link: link, role)
    }
    if let link, case .link(link) = stage.location(of: state.position) {
      line = line.adding(" [\(state.position + 1)]", .current)
    }
    if let tunnel = link.flatMap({ stage.links[$0].tunnel }) {
      line = line.adding(" \(tunnel.rawValue.uppercased())", .tunnel)
    }
    return [line] + endLines(ends) + [StyledLine()]
  }

  private var exitWire: WireID? {
    guard let place = stage.places.last(where: \.isReached), case .host(let node) = place.stack else {
      return nil
    }
    return state.scene.snapshot.wire(behind: stage.exit?.interface, of: node)?.id
  }

  /// A machine's part of a wire's line: solid between the first and the last that are connected.
  private func segment(
    _ index: Int, _ span: Range<Int>, _ ends: [Interface], link: Int?, _ role: Style.Role
  ) -> StyledLine {
    let tunnel = link.flatMap { stage.links[$0].tunnel }
    let dash = String(tunnel == nil ? state.glyphs.horizontal : state.glyphs.doubleHorizontal)
    let before = span.contains(index - 1) ? dash : " "
    let node = ends.isEmpty ? before : "o"
    var line = StyledLine(before + node, role)
    let way = wayOut(of: ends)
    if !span.contains(index), let way {
      line = line.adding(" \(way)".shortened(columns: width - 3), way.hasPrefix("EXITS") ? .failure : .dim)
    }
    let filler = String(repeating: span.contains(index) ? dash : " ", count: max(0, width - line.cellWidth))
    return line.adding(filler, role)
  }

  /// Where an interface's wire leads out of the network, a word for it; louder where the packet went there.
  private func wayOut(of ends: [Interface]) -> String? {
    for interface in ends {
      guard case .wire(let id) = interface.attachment, state.scene.snapshot.wire(id)?.exit != nil else {
        continue
      }
      return exitWire == id ? "EXITS_NETWORK" : "exit"
    }
    return nil
  }

  /// The interfaces under their wire, with what they are called and bear; on two lines where one is too short.
  private func endLines(_ ends: [[Interface]]) -> [StyledLine] {
    let isNarrow = width < 22
    let names = row(of: ends) { interface in
      let name = visible(interface.name) + (interface.isRunning ? "" : " DOWN")
      let address = interface.addresses.first.map { " \($0.local.address)" } ?? ""
      return isNarrow ? name : name + address
    }
    guard isNarrow else { return [names] }
    return [names, row(of: ends) { $0.addresses.first.map { "\($0.local.address)" } ?? "" }]
  }

  private func row(of ends: [[Interface]], _ text: (Interface) -> String) -> StyledLine {
    ends.reduce(StyledLine(String(repeating: " ", count: margin))) { line, interfaces in
      let words = interfaces.map(text).joined(separator: " ")
      let isDown = interfaces.contains { !$0.isRunning }
      return line.adding(
        " " + words.shortened(columns: width - 2).padded(columns: width - 1), isDown ? .failure : .plain)
    }
  }

  // MARK: Pods

  private var podLines: [StyledLine] {
    let snapshot = state.scene.snapshot
    let columns: [[(String, Style.Role)]] = machines.map { machine in
      guard case .host(let node) = machine.id, let datapath = snapshot.datapath(on: node) else { return [] }
      let head = datapath.podCIDRs.map { cidr in
        (width < 20 ? " \(cidr)" : " \(state.words.nodePods) \(cidr)", Style.Role.title)
      }
      return head + snapshot.pods.filter { $0.node == node }.map { pod in line(of: pod) }
    }
    let rows = columns.map(\.count).max() ?? 0
    return (0..<rows).map { row in
      columns.reduce(StyledLine(String(repeating: " ", count: margin))) { line, column in
        guard column.indices.contains(row) else {
          return line.adding(String(repeating: " ", count: width))
        }
        let (text, role) = column[row]
        return line.adding(text.shortened(columns: width - 1).padded(columns: width), role)
      }
    }
  }

  /// A pod; those at the ends of the way, and the one where the packet is, are marked.
  private func line(of pod: Snapshot.PodPlacement) -> (String, Style.Role) {
    let stack = StackID.pod(pod.pod)
    let name = visible(state.scene.snapshot.shortName(of: stack))
    let text = width < 24 ? name : "\(pod.address) \(name)"
    if state.stop?.step.stack == stack { return ("[\(text)]", .current) }
    let isOnWay = stage.places.contains { $0.stack == stack }
    return (isOnWay ? ">\(text)" : " \(text)", isOnWay ? .winner : .dim)
  }
}

extension NetworkStack {
  fileprivate var wires: [WireID] {
    interfaces.compactMap { if case .wire(let id) = $0.attachment { id } else { nil } }
  }

  /// How many wires it is on that none before is on, not counting its own ways out.
  fileprivate func newWires(beside known: Set<WireID>, _ wires: [Wire]) -> Int {
    self.wires.count { id in
      !known.contains(id) && wires.first { $0.id == id }?.exit == nil
    }
  }
}

extension Stage.Link.Kind {
  fileprivate var wire: WireID? {
    if case .wire(let id, _) = self { id } else { nil }
  }
}
