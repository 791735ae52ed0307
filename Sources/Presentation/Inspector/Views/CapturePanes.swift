import Console
import ControlPlane
import NetModel
import PacketTrace

extension InspectorState {
  /// What `tcpdump -nn` shows on the interfaces of the way, up to the current step.
  func framesContent(columns: Int) -> PaneContent {
    var lines = PacketLines()
    let captured = seenFrames
    var items = captured.map { packet in
      frameItem(packet, lines.text(of: packet.packet), columns: columns)
    }
    if items.isEmpty { items = [PaneContent.Item(words.nothingCaptured, .dim, columns: columns)] }
    let last = captured.lastIndex { isCurrent($0.origin) }
    return PaneContent(
      title: words.framesTitle, detail: words.step(position + 1, of: itinerary.stops.count), items: items,
      selected: cursors[.frames] ?? last ?? items.count - 1, marking: .withFocus)
  }

  private func frameItem(_ packet: CapturedPacket, _ text: String, columns: Int) -> PaneContent.Item {
    let host = scene.snapshot.shortName(of: packet.interface.stack)
    let lead =
      "\(host.shortened(columns: 12).padded(columns: 12)) "
      + "\(packet.interface.name.shortened(columns: 15).padded(columns: 15)) "
      + packet.direction.rawValue.padded(columns: 4)
    let role: Style.Role =
      isCurrent(packet.origin) ? .changed : packet.packet.isEncapsulated ? .tunnel : .plain
    let room = max(10, columns - lead.cellWidth)
    let rows = text.split(separator: "\n").flatMap {
      visible($0.drop { $0 == " " }, limit: 2000).wrapped(columns: room)
    }
    return PaneContent.Item(
      rows.enumerated().map { index, row in
        StyledLine(index == 0 ? lead : String(repeating: " ", count: lead.cellWidth), .title).adding(
          row, role)
      })
  }

  /// The frames of the path that have passed when the current step is done.
  var seenFrames: [CapturedPacket] {
    guard let here = origin(of: position) else { return [] }
    return scene.walk.captures(in: scene.snapshot).filter { packet in
      guard packet.origin.path == pathIndex else { return false }
      if packet.origin.isReply != isReply { return !packet.origin.isReply }
      return (packet.origin.hop, packet.origin.step) <= here
    }
  }

  /// The hop of a step and its place there, from 0.
  private func origin(of position: Int) -> (hop: Int, step: Int)? {
    guard itinerary.stops.indices.contains(position) else { return nil }
    let hop = itinerary.stops[position].hop
    guard let first = itinerary.stops.firstIndex(where: { $0.hop == hop }) else { return nil }
    return (hop, position - first)
  }

  private func isCurrent(_ origin: CapturedPacket.Origin) -> Bool {
    guard let here = self.origin(of: position) else { return false }
    return origin.isReply == isReply && (origin.hop, origin.step) == here
  }

  /// What Hubble shows for the way up to the current step.
  func flowsContent(columns: Int) -> PaneContent {
    let events = pathSoFar?.flowEvents(in: scene.snapshot) ?? []
    var items = events.map { event in
      PaneContent.Item(
        visible(event.line(in: scene.snapshot), limit: 1000), event.role, columns: columns)
    }
    if items.isEmpty { items = [PaneContent.Item(words.noFlows, .dim, columns: columns)] }
    return PaneContent(
      title: "hubble observe", items: items, selected: cursors[.flows] ?? items.count - 1,
      marking: marking(of: .flows))
  }

  /// The path as far as the packet is.
  private var pathSoFar: Path? {
    guard var path, let here = origin(of: position) else { return nil }
    if isReply {
      path.reply?.hops.cut(behind: here)
    } else {
      path.reply = nil
      path.hops.cut(behind: here)
    }
    return path
  }

  /// Goes to the step that sent the selected frame.
  mutating func goToCapturedStep() {
    let frames = seenFrames
    let index = cursors[.frames] ?? frames.lastIndex { isCurrent($0.origin) } ?? frames.count - 1
    guard frames.indices.contains(index) else { return }
    let origin = frames[index].origin
    open(.walk)
    if origin.isReply != isReply {
      isReply = origin.isReply
      followPath()
    }
    if let first = itinerary.stops.firstIndex(where: { $0.hop == origin.hop }) { go(to: first + origin.step) }
  }
}

extension [Hop] {
  fileprivate mutating func cut(behind place: (hop: Int, step: Int)) {
    guard indices.contains(place.hop) else { return }
    removeLast(count - place.hop - 1)
    self[place.hop].steps.removeLast(Swift.max(0, self[place.hop].steps.count - place.step - 1))
  }
}

extension FlowEvent {
  fileprivate var role: Style.Role {
    if case .dropped = kind { .failure } else { .plain }
  }

  /// The event in one line.
  ///
  /// Source: Hubble `pkg/printer/printer.go`, compact output, without the time.
  fileprivate func line(in snapshot: Snapshot) -> String {
    let arrow = direction == .reply ? "<-" : "->"
    let (left, right) = direction == .reply ? (destination, source) : (source, destination)
    return
      "\(node): \(left.text(in: snapshot)) \(arrow) \(right.text(in: snapshot)) \(verdict) (\(summary.text))"
  }

  private var verdict: String {
    switch kind {
    case .trace(let point): "\(point.rawValue) FORWARDED"
    case .socket(let point): "\(point.rawValue) TRACED"
    case .dropped(let reason, let code): "\(reason.rawValue) (\(code)) DROPPED"
    case .policyVerdict(_, let direction, let action):
      "policy-verdict \(direction) \(action.rawValue)"
    }
  }
}

extension FlowEvent.End {
  fileprivate func text(in snapshot: Snapshot) -> String {
    let pod = snapshot.pods.first { $0.address == address }.map { "\($0.pod)" }
    let end = port.map { ":\($0)" } ?? ""
    return "\(pod ?? address.description)\(end) (ID:\(identity.number))"
  }
}

extension FlowEvent.Summary {
  fileprivate var text: String {
    switch self {
    case .tcp(let flags): "TCP Flags: \(flags.names.joined(separator: ", "))"
    case .udp: "UDP"
    case .icmp: "ICMPv4"
    case .socket(let transport): transport.name
    }
  }
}
