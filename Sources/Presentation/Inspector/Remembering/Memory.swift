import ControlPlane
import NetModel
import PacketTrace

/// What the inspector keeps from one run to the next: the walk, the layout, bookmarks and typed commands.
package struct Memory: Hashable, Sendable {
  package var origin: LabOrigin
  package var flow: Flow?
  package var view = ViewID.walk
  package var showsGrounds = true
  package var showsBytes = false
  package var bookmarks: [Flow] = []
  package var history: [String] = []

  package init(origin: LabOrigin) {
    self.origin = origin
  }

  private static let heading = "packetwalk-state 1"
  /// Typed commands that are kept for the next run.
  private static let longestHistory = 100

  /// The memory as a file: a line for each thing, its name first.
  package var text: String {
    var lines = [Memory.heading, "lab \(origin.lab)", "chapter \(origin.chapter)", "view \(view.name)"]
    lines.append("grounds \(showsGrounds)")
    lines.append("bytes \(showsBytes)")
    if let flow { lines.append("walk \(flow.text)") }
    lines += bookmarks.map { "bookmark \($0.text)" }
    lines += history.suffix(Memory.longestHistory).map { "command \($0)" }
    return lines.filter { !$0.contains("\n") }.joined(separator: "\n") + "\n"
  }

  /// What `text` says; `nil` where it is no such file. Lines that say nothing known are passed over.
  package init?(parsing text: String) {
    let lines = text.split(separator: "\n")
    guard lines.first == Memory.heading[...] else { return nil }
    self.init(origin: LabOrigin(lab: "", chapter: ""))
    for line in lines.dropFirst() {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      take(String(parts[0]), String(parts[1]))
    }
  }

  private mutating func take(_ name: String, _ value: String) {
    switch name {
    case "lab": origin.lab = value
    case "chapter": origin.chapter = value
    case "view": view = ViewID.allCases.first { $0.name == value } ?? .walk
    case "grounds": showsGrounds = value == "true"
    case "bytes": showsBytes = value == "true"
    case "walk": flow = Flow(parsing: value)
    case "bookmark":
      if let flow = Flow(parsing: value) { bookmarks.append(flow) }
    case "command": history.append(value)
    default: break
    }
  }
}

extension InspectorState {
  /// What the next run shall know; `nil` for a lab without a name.
  package var memory: Memory? {
    guard let origin else { return nil }
    var memory = Memory(origin: origin)
    memory.flow = flow
    memory.view = view
    memory.showsGrounds = showsGrounds
    memory.showsBytes = showsBytes
    memory.bookmarks = bookmarks
    memory.history = commandLine.history
    return memory
  }

  /// Goes on where the run before ended; the walk was chosen when the state was made.
  package mutating func recall(_ memory: Memory) {
    showsGrounds = memory.showsGrounds
    showsBytes = memory.showsBytes
    bookmarks = memory.bookmarks.filter { scene.snapshot.stack($0.origin) != nil }
    commandLine.history = memory.history
    if memory.view != view { open(memory.view) }
  }

  /// Opens a view, as when it is configured.
  package mutating func begin(with view: ViewID) {
    if view != self.view { open(view) }
  }
}

extension Flow {
  /// `ORIGIN DESTINATION tcp|udp PORT` or `ORIGIN DESTINATION icmp`.
  fileprivate var text: String {
    switch content {
    case .transport(let transport, let port):
      "\(origin) \(destination) \(transport == .tcp ? "tcp" : "udp") \(port)"
    case .echo: "\(origin) \(destination) icmp"
    }
  }

  fileprivate init?(parsing text: String) {
    let words = text.split(separator: " ")
    guard words.count >= 3, let destination = IPv4Address(parsing: words[1]) else { return nil }
    let names = words[0].split(separator: "/", maxSplits: 1).map(String.init)
    let origin: StackID =
      names.count == 2 ? .pod(PodID(namespace: names[0], name: names[1])) : .host(NodeID(String(words[0])))
    switch (words[2], words.count > 3 ? decimalNumber(words[3], atMost: 65535) : nil) {
    case ("icmp", _): self.init(origin: origin, destination: destination, content: .echo)
    case ("tcp", let port?):
      self.init(origin: origin, destination: destination, content: .transport(.tcp, port: UInt16(port)))
    case ("udp", let port?):
      self.init(origin: origin, destination: destination, content: .transport(.udp, port: UInt16(port)))
    default: return nil
    }
  }
}
