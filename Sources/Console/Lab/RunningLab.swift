import ControlPlane
import NetModel

/// A network with commands that run in it.
///
/// It is a value: a copy is a lab of its own. `start` begins a command and hands back a job; `run` takes one to
/// its end at once.
package struct RunningLab: Sendable {
  /// What commands change; `nil` where the lab is a recording, which cannot be changed.
  package private(set) var network: Network? {
    didSet { revision += 1 }
  }
  /// What packets and commands meet now.
  package private(set) var snapshot: Snapshot
  /// What was sent.
  package internal(set) var traffic = Traffic() {
    didSet { revision += 1 }
  }
  /// Counts the changes that others have to see.
  package private(set) var revision = 0
  /// The lab's time; what happens by itself until then has happened.
  package var now = Instant.start {
    didSet { if now > oldValue { letTimePass() } }
  }
  /// Whatever an edit sets off runs to its end before anything else happens: the lab's time jumps there.
  package var settles = true
  /// The namespace of the kubeconfig's context; `nil` while nobody has set one.
  var contextNamespace: String?

  /// The edits that made the network what it is, since the lab was opened, in order.
  package private(set) var edits: [PastEdit] = []

  /// - Parameter snapshot: the network's, where it was derived already.
  package init(network: Network, snapshot: Snapshot? = nil) {
    self.network = network
    self.snapshot = snapshot ?? network.snapshot()
    now = network.now
  }

  /// A lab of recorded stacks.
  package init(snapshot: Snapshot) {
    self.snapshot = snapshot
  }

  /// Begins one command line: the command's name, then its arguments.
  ///
  /// What the lab does not know is answered as a shell would, what it knows and does not model with
  /// `not modelled here`, both with status 127.
  package mutating func start(
    _ arguments: [String], on stack: StackID, input: CommandInput = CommandInput()
  ) -> any Job {
    guard let name = arguments.first else { return FinishedJob(CommandResult()) }
    ageNeighbors()
    guard let command = LabCommand.named(Self.baseName(name)) else {
      return FinishedJob(
        CommandResult(standardError: "bash: \(name): command not found\n", status: 127))
    }
    let invocation = Invocation(arguments: Array(arguments.dropFirst()), stack: stack, input: input)
    return command.start(invocation, &self)
  }

  /// Runs one command line to its end without waiting: the lab's time jumps to whatever it waits for.
  ///
  /// A command that waits for more than time is interrupted.
  package mutating func run(
    _ arguments: [String], on stack: StackID, input: CommandInput = CommandInput()
  ) -> CommandResult {
    var job = start(arguments, on: stack, input: input)
    var output = JobOutput()
    var state = job.resume(.started, in: &self, output: &output)
    let text = input.standardInput
    var events: [JobEvent] = text.isEmpty ? [] : [.input(Array(text.utf8))]
    events.append(.inputEnded)
    while case .waiting(let wait) = state {
      if wait.forEditing != nil {
        state = job.resume(.edited(nil), in: &self, output: &output)
      } else if wait.forInput, !events.isEmpty {
        state = job.resume(events.removeFirst(), in: &self, output: &output)
      } else if let until = wait.until {
        now = max(now, until)
        state = job.resume(.timePassed, in: &self, output: &output)
      } else {
        state = job.resume(.interrupted, in: &self, output: &output)
        break
      }
    }
    switch state {
    case .ended(let status): return result(of: output, status: status)
    case .waiting: return result(of: output, status: 130)
    case .handedOver(let request):
      output.writeError("\(request.line ?? "shell"): not modelled here\n")
      return result(of: output, status: 127)
    }
  }

  private func result(of output: JobOutput, status: Int32) -> CommandResult {
    CommandResult(
      standardOutput: output.text(of: .standardOutput), standardError: output.text(of: .standardError),
      status: status)
  }

  /// Changes the network; a recording stays as it is.
  package mutating func apply(_ edit: Edit) throws(EditError) {
    guard var network else { return }
    try network.apply(edit, at: now)
    edits.append(PastEdit(edit, at: now))
    take(network)
  }

  /// Makes several changes before anything that they set off runs to its end.
  mutating func together<Failure: Error>(
    _ change: (inout RunningLab) throws(Failure) -> Void
  ) throws(Failure) {
    let former = settles
    settles = false
    defer {
      settles = former
      if former, let network { take(network) }
    }
    try change(&self)
  }

  /// Takes over a network that was changed.
  private mutating func take(_ changed: Network) {
    var network = changed
    if settles { network.comeToRest() }
    let former = snapshot
    self.network = network
    snapshot = network.snapshot()
    now = max(now, network.now)
    hearAnnouncements(since: former)
  }

  /// Lets happen what happens by itself until `now`.
  private mutating func letTimePass() {
    guard var network, let event = network.nextEvent, event <= now else { return }
    network.advance(to: now)
    let former = snapshot
    self.network = network
    snapshot = network.snapshot()
    hearAnnouncements(since: former)
  }

  /// Kernels learn of their neighbors: nobody's edit, so there is nothing to take down or to undo.
  mutating func learn(_ neighbors: [LearnedNeighbor]) {
    guard var network, (try? network.apply(.learnNeighbors(neighbors), at: now)) != nil else { return }
    self.network = network
    snapshot = network.snapshot()
  }

  /// What undo goes back to.
  package struct Moment: Hashable, Sendable {
    package let network: Network
    package let edits: [PastEdit]
  }

  /// The network as it is now; `nil` for a recording.
  package var moment: Moment? {
    network.map { Moment(network: $0, edits: edits) }
  }

  /// Goes back, or forward, to a network as it was; time and what was sent stay.
  package mutating func restore(_ moment: Moment) {
    network = moment.network
    edits = moment.edits
    snapshot = moment.network.snapshot()
  }

  /// The stack that a user means by a name: a machine, `NAMESPACE/POD`, or a pod's name alone where only one
  /// pod bears it; `nil` where there is none.
  package func stack(named name: String) -> StackID? {
    let ids = snapshot.stacks.map(\.id)
    if let exact = ids.first(where: { $0.description == name }) { return exact }
    let pods = ids.filter { if case .pod(let pod) = $0 { pod.name == name } else { false } }
    return pods.count == 1 ? pods.first : nil
  }

  /// Where commands run unless a host is named: the cluster's first node, or the first machine there is.
  package var firstStack: StackID? {
    snapshot.agents.first.map { .host($0.node) } ?? snapshot.stacks.first?.id
  }

  /// The command's name without the folders in which it is looked for.
  private static func baseName(_ name: String) -> String {
    guard name.hasPrefix("/") else { return name }
    return name.split(separator: "/").last.map(String.init) ?? name
  }
}

extension RunningLab {
  /// Asks the API server for a change, and gives the object as it is then; of a deletion, as it was before.
  ///
  /// - Throws: why the API server refuses it; the lab stays as it was.
  package mutating func change(_ change: APIChange) throws(APIError) -> JSONValue {
    guard var network else { throw APIError(.methodNotAllowed, "a recording cannot be changed") }
    let document = try network.apply(change, at: now)
    edits.append(PastEdit(.changeObject(change), at: now))
    take(network)
    return document
  }
}
