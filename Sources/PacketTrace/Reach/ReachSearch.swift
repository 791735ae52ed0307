import ControlPlane
import NetModel

/// Numbers in rows of equal length, in one array.
private struct Grid {
  private var numbers: [Int32] = []
  private var columns = 0

  mutating func append(_ row: [Int32]) {
    columns = row.count
    numbers += row
  }

  subscript(row: Int, column: Int) -> Int32 { numbers[row * columns + column] }
}

/// Finds how all pairs end by walking one pair of each kind.
///
/// A pair's kind is what the machines on its way make of its addresses. The first pair of a kind is walked; the
/// machines that it met beside its own two are then asked about every pair that looks like it.
struct ReachSearch {
  private let snapshot: Snapshot
  private let places: ReachPlaces
  private let ends: [End]
  /// By end.
  private let machines: [Int]
  private let targets: [Target]

  /// What an end is, with its machine: alike ends on alike machines have one number.
  private var kinds: [Int32] = []
  /// What a machine (row) makes of all that belongs to an end.
  private var ofEnds = Grid()
  /// What a machine (row) makes of another machine.
  private var ofMachines = Grid()
  /// What a machine (row) makes of an address.
  private var ofAddresses = Grid()
  /// On these, more than a packet's destination decides.
  private var oddMachines: Set<Int> = []
  /// By end: it or its machine is like no other.
  private var isOdd: [Bool] = []

  private var nodes = TupleNumbering<Key>()
  private var services = TupleNumbering<Key>()
  private var findings: [Finding] = []
  private var endings: [Ending] = []
  private var endingNumbers = Numbering<Ending>()
  private var outcomes: [Outcome] = []
  private var outcomeNumbers = Numbering<Outcome>()
  /// By ending and end, the number of the outcome; -1 where it is not known yet.
  private var resolved: [[Int32]] = []

  /// A pod or a machine.
  private struct End {
    let stack: StackID
    let name: NamedFlow.End
    let machine: Int
    /// The host side of a pod's pair.
    let interface: String?
    let address: Int?
  }

  fileprivate struct Target {
    let name: NamedFlow.End
    let address: IPv4Address
    let content: Flow.Content
    /// The end itself; `nil` for a Service.
    let end: Int?
  }

  /// A kind of pair, as far as it is known: a kind that was known before, and what tells it apart.
  private struct Key: NumberTuple {
    let step: Step
    /// The number of what was known before; -1 for nothing.
    let at: Int32
    let a: Int32
    let b: Int32
    let c: Int32
    let d: Int32

    var word: UInt64 { mixed(mixed(mixed(mixed(mixed(UInt64(step.rawValue), at), a), b), c), d) }
  }

  private enum Step: UInt8 {
    case kindOfEnd, service
    case pairOnTwoMachines, pairOnOneMachine, sameEnd
    case machineOnTheWay
  }

  private enum Finding {
    case unknown
    case ends(Int)
    /// The way leads by that machine: what does it make of the pair?
    case ask(Int)
    /// Every such pair must be walked.
    case varies
  }

  /// An outcome without the names of the pair.
  private struct Ending: Hashable {
    var outcome: Outcome
    let node: Role
    let interface: Role

    /// The end whose names complete it.
    var namesake: Role { interface == .destination ? .destination : node }
  }

  private enum Role: Hashable { case source, destination, asItIs }

  /// A question: who asks whom for what, and by which backend.
  private struct Pair {
    let source: Int
    /// The end that the packet is for.
    let destination: Int
    let target: Int
    let backend: Flow.Backend?
  }

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    let services = snapshot.reachServices
    let places = ReachPlaces(snapshot, services: services.map(\.address))
    self.places = places
    let endpoints = Dictionary(
      snapshot.agents.flatMap { agent in
        agent.datapath.endpoints.compactMap { endpoint -> (PodID, LocalEndpoint.PodEndpoint)? in
          if case .pod(let pod) = endpoint.kind { (pod.pod, pod) } else { nil }
        }
      }
    ) { first, _ in first }
    let pods = snapshot.pods.compactMap { pod in
      places.number(of: pod.node).map { machine in
        End(
          stack: .pod(pod.pod), name: snapshot.end(.pod(pod)), machine: machine,
          interface: endpoints[pod.pod]?.interface, address: places.place(of: pod.address))
      }
    }
    let hosts = places.machines.enumerated().map { machine, node in
      let name = snapshot.end(.host(node))
      return End(
        stack: .host(node), name: name, machine: machine, interface: nil,
        address: name.address.flatMap { places.place(of: $0) })
    }
    ends = pods + hosts
    self.machines = ends.map(\.machine)
    targets =
      ends.enumerated().compactMap { index, end in
        end.name.address.map {
          Target(
            name: end.name, address: $0, content: .transport(.tcp, port: FlowRequest.defaultPort), end: index)
        }
      } + services
    classify(endpoints)
  }

  private mutating func classify(_ endpoints: [PodID: LocalEndpoint.PodEndpoint]) {
    var podNumbers = Numbering<PodClass>()
    var podClasses: [PodID: Int32] = [:]
    let stacks = Dictionary(snapshot.stacks.map { ($0.id, $0) }) { first, _ in first }
    for end in ends {
      guard case .pod(let pod) = end.stack else { continue }
      if let placement = places.pods[end.name.address ?? .any], placement.pod == pod,
        let stack = stacks[end.stack], let endpoint = endpoints[pod],
        let kind = PodClass(of: placement, stack: stack, endpoint: endpoint, in: places)
      {
        podClasses[pod] = podNumbers.number(of: kind)
      }
    }
    var treatments = Treatments(places, podClasses: podClasses)
    var folded = TupleNumbering<NumberPair>()
    for machine in places.machines.indices {
      let row = treatments.row(of: machine)
      let machines = places.ownAddresses.map { own in
        own.reduce(Int32(-1)) { folded.number(of: NumberPair(first: $0, second: row[$1])) }
      }
      ofEnds.append(
        ends.map { end in
          guard case .pod = end.stack, let address = end.address else { return machines[end.machine] }
          return folded.number(of: NumberPair(first: machines[end.machine], second: row[address]))
        })
      ofMachines.append(machines)
      ofAddresses.append(row)
    }
    numberKinds(podClasses)
  }

  private mutating func numberKinds(_ podClasses: [PodID: Int32]) {
    var machineNumbers = Numbering<MachineClass>()
    let machines = places.machines.indices.map { machine -> Int32 in
      guard let kind = MachineClass(of: machine, in: places) else {
        oddMachines.insert(machine)
        return machineNumbers.unlikeAnyOther()
      }
      return machineNumbers.number(of: kind)
    }
    isOdd = ends.map { end in
      if case .pod(let pod) = end.stack, podClasses[pod] == nil { return true }
      return oddMachines.contains(end.machine)
    }
    var numbers = TupleNumbering<Key>()
    kinds = ends.enumerated().map { index, end in
      var pod = Int32(-1)
      if case .pod(let id) = end.stack { pod = podClasses[id] ?? -2 }
      return numbers.number(
        of: Key(
          step: .kindOfEnd, at: -1, a: machines[end.machine], b: ofEnds[end.machine, index], c: pod, d: 0))
    }
  }

  /// The ends of all pairs.
  mutating func everyPair() -> Reachability {
    var cells: [Int32] = []
    cells.reserveCapacity(ends.count * targets.count)
    let services = targets.enumerated().filter { $0.element.end == nil }.map {
      service($0.element, $0.offset)
    }
    for source in ends.indices {
      for (index, target) in targets.enumerated() {
        guard let destination = target.end else { continue }
        cells.append(
          outcome(of: Pair(source: source, destination: destination, target: index, backend: nil), at: -1))
      }
      for service in services { cells.append(outcome(of: source, asking: service)) }
    }
    return Reachability(
      sources: ends.map(\.name), destinations: targets.map(\.name), outcomes: outcomes, places: cells)
  }
}

// MARK: Pairs

extension ReachSearch {
  /// - Parameter service: the number of what the Service is to the pair; -1 for no Service.
  private mutating func outcome(of pair: Pair, at service: Int32) -> Int32 {
    let near = machines[pair.source]
    let far = machines[pair.destination]
    guard !isOdd[pair.source], !isOdd[pair.destination] else { return number(of: walk(pair).verdict) }
    let step: Step =
      near != far ? .pairOnTwoMachines : pair.source == pair.destination ? .sameEnd : .pairOnOneMachine
    let key = Key(
      step: step, at: service, a: kinds[pair.source], b: kinds[pair.destination],
      c: ofEnds[near, pair.destination], d: ofEnds[far, pair.source])
    return outcome(of: pair, from: node(key))
  }

  private func walk(_ pair: Pair) -> Walk {
    let target = targets[pair.target]
    return snapshot.walk(
      Flow(
        origin: ends[pair.source].stack, destination: target.address, content: target.content,
        backend: pair.backend), roundTrip: true)
  }

  private mutating func node(_ key: Key) -> Int {
    let node = Int(nodes.number(of: key))
    if node == findings.count { findings.append(.unknown) }
    return node
  }

  private mutating func outcome(of pair: Pair, from first: Int) -> Int32 {
    var node = first
    var asked: [Int] = []
    while true {
      switch findings[node] {
      case .ends(let ending): return resolve(ending, for: pair)
      case .varies: return number(of: walk(pair).verdict)
      case .ask(let machine):
        asked.append(machine)
        node = self.node(key(of: pair, at: node, asking: machine))
      case .unknown: return explore(pair, from: node, asked)
      }
    }
  }

  private func key(of pair: Pair, at node: Int, asking machine: Int) -> Key {
    Key(
      step: .machineOnTheWay, at: Int32(node), a: ofEnds[machine, pair.source],
      b: ofEnds[machine, pair.destination],
      c: ofMachines[machines[pair.source], machine], d: ofMachines[machines[pair.destination], machine])
  }

  /// Walks the first pair of its kind.
  private mutating func explore(_ pair: Pair, from first: Int, _ asked: [Int]) -> Int32 {
    let walk = walk(pair)
    var known = Set(asked + [machines[pair.source], machines[pair.destination]])
    var node = first
    for machine in walk.machinesOnTheWay.compactMap({ places.number(of: $0) })
    where known.insert(machine).inserted {
      findings[node] = .ask(machine)
      node = self.node(key(of: pair, at: node, asking: machine))
    }
    let pods: Set<StackID> = [ends[pair.source].stack, ends[pair.destination].stack]
    let isOwn = walk.podsOnTheWay.isSubset(of: pods) && known.isDisjoint(with: oddMachines)
    guard isOwn else {
      findings[node] = .varies
      return number(of: walk.verdict)
    }
    let ending = ending(walk.verdict, of: pair)
    findings[node] = .ends(ending)
    return resolve(ending, for: pair)
  }

  private mutating func ending(_ outcome: Outcome, of pair: Pair) -> Int {
    func role(_ isSource: Bool, _ isDestination: Bool) -> Role {
      isSource ? .source : isDestination ? .destination : .asItIs
    }
    let (source, destination) = (ends[pair.source], ends[pair.destination])
    let node = places.number(of: outcome.node)
    let interface = outcome.interface
    var ending = Ending(
      outcome: outcome, node: role(node == source.machine, node == destination.machine),
      interface: role(
        interface != nil && interface == source.interface && node == source.machine,
        interface != nil && interface == destination.interface && node == destination.machine))
    if ending.node != .asItIs { ending.outcome.node = NodeID("") }
    if ending.interface != .asItIs { ending.outcome.interface = nil }
    let number = Int(endingNumbers.number(of: ending))
    if number == endings.count { endings.append(ending) }
    return number
  }

  private mutating func resolve(_ number: Int, for pair: Pair) -> Int32 {
    let end =
      switch endings[number].namesake {
      case .source: pair.source
      case .destination: pair.destination
      case .asItIs: -1
      }
    if resolved.count == number { resolved.append([Int32](repeating: -1, count: ends.count + 1)) }
    if resolved[number][end + 1] >= 0 { return resolved[number][end + 1] }
    let ending = endings[number]
    var outcome = ending.outcome
    if end >= 0 {
      if ending.node != .asItIs { outcome.node = places.machines[ends[end].machine] }
      if ending.interface != .asItIs { outcome.interface = ends[end].interface }
    }
    let result = self.number(of: outcome)
    resolved[number][end + 1] = result
    return result
  }

  private mutating func number(of outcome: Outcome) -> Int32 {
    let number = outcomeNumbers.number(of: outcome)
    if Int(number) == outcomes.count { outcomes.append(outcome) }
    return number
  }
}

// MARK: Services

extension ReachSearch {
  /// A Service as each machine has it.
  private struct AskedService {
    let target: Target
    let number: Int
    let address: Int
    /// By machine, as numbers of what it has at the Service's address.
    let entries: [Int32]
    /// By machine of the client, the backends to try; one `nil` where there are none.
    let backends: [[Flow.Backend?]]
    /// The ends that backends are.
    let ends: [IPv4Address: Int]
  }

  private func service(_ target: Target, _ number: Int) -> AskedService {
    var entries = Numbering<[ServiceEntry]>()
    let numbers = places.datapaths.map { datapath in
      entries.number(
        of: (datapath?.services ?? []).filter { $0.frontend.address == target.address }.map(\.withoutNumbers))
    }
    let backends = places.machines.map { node in
      snapshot.backends(
        for: Flow(origin: .host(node), destination: target.address, content: target.content))
    }
    return AskedService(
      target: target, number: number, address: places.place(of: target.address) ?? -1,
      entries: numbers, backends: backends,
      ends: Dictionary(
        ends.enumerated().compactMap { index, end in
          end.address.map { (places.addresses[$0], index) }
        }
      ) { first, _ in first })
  }

  private mutating func outcome(of source: Int, asking service: AskedService) -> Int32 {
    let near = machines[source]
    var first: Int32?
    for backend in service.backends[near] {
      let result = outcome(of: source, asking: service, by: backend)
      if outcomes[Int(result)].disposition != .delivered { return result }
      first = first ?? result
    }
    return first ?? -1
  }

  private mutating func outcome(
    of source: Int, asking service: AskedService, by backend: Flow.Backend?
  ) -> Int32 {
    let near = machines[source]
    let destination = backend == nil ? source : backend.flatMap { service.ends[$0.address] }
    let pair = Pair(
      source: source, destination: destination ?? source, target: service.number, backend: backend)
    guard let destination, service.address >= 0 else { return number(of: walk(pair).verdict) }
    let far = machines[destination]
    let key = Key(
      step: .service, at: Int32(service.number), a: service.entries[near], b: service.entries[far],
      c: ofAddresses[near, service.address], d: ofAddresses[far, service.address])
    return outcome(of: pair, at: services.number(of: key))
  }
}

extension Snapshot {
  /// The Services that can be asked for, by their first frontends.
  fileprivate var reachServices: [ReachSearch.Target] {
    services.compactMap { service in
      guard let frontend = try? frontend(of: service, port: nil, nil).frontend else { return nil }
      var end = end(.service(service))
      end.address = frontend.address
      return ReachSearch.Target(
        name: end, address: frontend.address,
        content: .transport(frontend.transport, port: frontend.port), end: nil)
    }
  }
}

extension Walk {
  /// The machines that packets and answers came to, each once, in the order of its first hop.
  fileprivate var machinesOnTheWay: [NodeID] {
    var known: Set<NodeID> = []
    return hops.map(\.node).filter { known.insert($0).inserted }
  }

  /// The pods whose stacks took part.
  fileprivate var podsOnTheWay: Set<StackID> {
    Set(hops.flatMap(\.steps).map(\.stack).filter { if case .pod = $0 { true } else { false } })
  }

  private var hops: [Hop] { paths.flatMap { $0.hops + ($0.reply?.hops ?? []) } }
}
