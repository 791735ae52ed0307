import Console
import ControlPlane
import CursesBackend
import Importing
import LabSocket
import NetModel
import PacketTrace
import Presentation

/// Something of the program that reads what others wrote. It must answer or refuse, and neither trap nor hang; what
/// it reads back must mean the same.
enum Reader: String, CaseIterable {
  case capture, config, dns, dump, filter, frames, jsonpath, keys, lab, line, manifest, packet, screen, state,
    template

  func read(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    switch self {
    case .capture: Self.run(["tcpdump", "-nn", "-e", "-v", "-r", "-"], reading: bytes)
    case .config: _ = ConfigFile(yaml: text, file: "config.yaml")
    case .dns: Self.readName(bytes)
    case .dump: Self.readDump(text)
    case .filter: Self.readFilter(text)
    case .frames: Self.readFrames(bytes)
    case .jsonpath: Self.run(["kubectl", "get", "pods,svc,nodes", "-o", "jsonpath=\(text)"])
    case .keys: Self.readKeys(bytes)
    case .lab: Self.readLab(text)
    case .line: Self.run(["ssh", "k8s-w1", text])
    case .manifest: Self.readManifest(text)
    case .packet: Self.readPacket(bytes)
    case .screen: Self.readScreen(bytes)
    case .state: Self.readState(text)
    case .template: Self.run(["kubectl", "get", "pods,svc", "-o", "go-template=\(text)"])
    }
  }

  // MARK: - Packets

  private static func readPacket(_ bytes: [UInt8]) {
    for layer in [Packet.Layer.ethernet, .ipv4] {
      guard let packet = try? Packet(parsing: bytes, from: layer) else { continue }
      let again = try? Packet(parsing: packet.bytes, from: layer)
      precondition(again == packet, "a packet does not survive its own bytes")
    }
  }

  private static func readName(_ bytes: [UInt8]) {
    guard let message = DNSMessage(bytes: bytes) else { return }
    _ = message.bytes
  }

  private static func readFilter(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard let filter = try? CaptureFilter(parsing: words) else { return }
    for packet in packets { _ = filter.matches(packet) }
  }

  private static let packets: [Packet] = {
    guard let lab = weekFour,
      let named = try? lab.snapshot.flow(FlowRequest(source: "curl-pod", destination: "webpod"))
    else { return [] }
    return lab.snapshot.walk(named.flow, roundTrip: true).captures(in: lab.snapshot).map(\.packet)
  }()

  // MARK: - Files

  private static func readLab(_ text: String) {
    guard let lab = try? Importing.Lab(yaml: text, file: "lab.yaml", seed: 1) else { return }
    guard let network = try? lab.network() else { return }
    walk(network.snapshot())
  }

  /// The first character says which file it is, the second whether it is JSON.
  private static func readDump(_ text: String) {
    let names = ["addr", "link", "route", "rule", "neigh", "sysctl"]
    guard let choice = text.utf8.first else { return }
    let name = names[Int(choice) % names.count]
    let body = String(text.dropFirst(2))
    let kind = text.dropFirst().first == "j" ? "json" : "txt"
    var files = ["hosts/m/addr.txt": addresses]
    files["hosts/m/\(name).\(kind)"] = body
    let read = HostsImport(files: files)
    guard let lab = Importing.Lab(hosts: read, file: "dump"), let network = try? lab.network() else { return }
    var running = RunningLab(network: network)
    for line in ["ip route", "ip rule", "ip addr", "ip neigh", "ip route get 10.1.2.3", "sysctl -a"] {
      let words = line.split(separator: " ").map(String.init)
      _ = running.run(words, on: .host(NodeID("m")))
    }
  }

  private static let addresses = """
    1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
        inet 127.0.0.1/8 scope host lo
    2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
        inet 10.0.0.1/24 brd 10.0.0.255 scope global eth0
    """

  private static func readManifest(_ text: String) {
    let bytes = Array(text.utf8)
    run(["kubectl", "apply", "-f", "-"], reading: bytes)
    run(["kubectl", "annotate", "--local", "-f", "-", "k=v", "-o", "yaml"], reading: bytes)
  }

  private static func readState(_ text: String) {
    guard let memory = Memory(parsing: text) else { return }
    precondition(Memory(parsing: memory.text) != nil, "a state does not survive its own text")
  }

  // MARK: - Terminals and sockets

  /// However the bytes are cut, the keys are the same.
  private static func readKeys(_ bytes: [UInt8]) {
    var whole = KeyDecoder()
    let keys = whole.keys(from: bytes)
    var single = KeyDecoder()
    let others = bytes.flatMap { single.keys(from: [$0]) }
    precondition(keys == others, "keys depend on how their bytes arrive")
    _ = whole.finish()
  }

  private static func readFrames(_ bytes: [UInt8]) {
    if let message = ClientMessage(bytes) {
      precondition(
        ClientMessage(message.bytes) == message, "a client's message does not survive its own bytes")
    }
    if let message = ServerMessage(bytes) {
      precondition(ServerMessage(message.bytes) == message, "a lab's message does not survive its own bytes")
    }
  }

  /// A person hits any keys in the inspector.
  private static func readScreen(_ bytes: [UInt8]) {
    guard let inspector else { return }
    var decoder = KeyDecoder()
    let keys = Array(decoder.keys(from: bytes).prefix(60))
    _ = render(inspector, view: .walk, size: Size(columns: 80, rows: 24), keys: keys)
  }

  private static let inspector: InspectorState? = {
    guard let network = weekFour?.network,
      let named = try? network.snapshot().flow(FlowRequest(source: "curl-pod", destination: "webpod"))
    else { return nil }
    return InspectorState(title: "fuzz", network: network, flow: named.flow, language: .english, glyphs: .box)
  }()

  // MARK: - The lab

  private static let weekFour: RunningLab? = {
    guard let lab = try? Importing.Lab.builtIn("cilium-week4"), let network = try? lab.network() else {
      return nil
    }
    return RunningLab(network: network)
  }()

  private static func walk(_ snapshot: Snapshot) {
    let names = snapshot.stacks.map(\.id.description)
    for (source, destination) in zip(names.prefix(8), names.prefix(8).reversed()) {
      let request = FlowRequest(source: source, destination: destination, content: .icmp)
      guard let named = try? snapshot.flow(request) else { continue }
      _ = snapshot.walk(named.flow, roundTrip: true)
    }
  }

  /// Runs a command in a copy of the lab; one that goes on for ever is interrupted after a while.
  private static func run(_ words: [String], reading bytes: [UInt8] = []) {
    guard var lab = weekFour, let stack = lab.firstStack else { return }
    let input = CommandInput(outputIsTerminal: false, inputIsTerminal: false) { _ in bytes }
    var job = lab.start(words, on: stack, input: input)
    var events: [JobEvent] = bytes.isEmpty ? [] : [.input(bytes)]
    var output = JobOutput()
    var state = job.resume(.started, in: &lab, output: &output)
    for _ in 0..<20 {
      guard case .waiting(let wait) = state else { return }
      if wait.forEditing != nil {
        state = job.resume(.edited(nil), in: &lab, output: &output)
      } else if wait.forInput {
        state = job.resume(events.popLast() ?? .inputEnded, in: &lab, output: &output)
      } else if let until = wait.until {
        lab.now = max(lab.now, until)
        state = job.resume(.timePassed, in: &lab, output: &output)
      } else {
        state = job.resume(.interrupted, in: &lab, output: &output)
      }
      _ = output.take()
    }
    if case .waiting = state { _ = job.resume(.interrupted, in: &lab, output: &output) }
  }
}
