import ControlPlane
import NetModel
import PacketTrace

extension English {
  package func questionWhatIsSent(by stack: StackID) -> String { "What does \(stack.shortName) send?" }

  package func questionRoute(to destination: IPv4Address) -> String { "Which route leads to \(destination)?" }

  package func questionNeighbor(_ address: IPv4Address, on interface: String) -> String {
    "Which MAC address has \(address) on \(interface)?"
  }

  package func questionSource(_ check: SourceCheck) -> String { "Is \(check.source) the pod's own address?" }

  package func questionIdentity(of address: IPv4Address, _ subject: IdentityLookup.Subject) -> String {
    switch subject {
    case .source: "Which identity has the source \(address)?"
    case .destination: "Which identity has the destination \(address)?"
    }
  }

  package func questionTunnelKey() -> String { "Whom does the tunnel header name as the sender?" }

  package func questionConntrack() -> String { "Does the packet belong to a known connection?" }

  package func questionPolicy(_ direction: PolicyVerdict.Direction) -> String {
    switch direction {
    case .egress: "May the packet leave the pod?"
    case .ingress: "May the packet enter the pod?"
    }
  }

  package func questionService(_ frontend: Frontend) -> String { "Is \(frontend) the frontend of a Service?" }

  package func questionTranslation() -> String { "What does the load balancer make of the packet?" }

  package func questionEndpoint(_ address: IPv4Address) -> String { "Is \(address) on this node?" }

  package func questionTunnel() -> String { "Must the packet go through a tunnel?" }

  package func questionEncapsulation() -> String { "What is put around the packet?" }

  package func questionDecapsulation() -> String { "Who unwraps the packet?" }

  package func questionMasquerade() -> String { "Is the source address replaced by the node's own?" }

  package func questionReverse() -> String { "Which translation is undone?" }

  package func questionHopLimit() -> String { "May the packet be passed on once more?" }

  package func questionSize() -> String { "Does the packet fit?" }

  package func questionRedirect() -> String { "Did the sender take a way round?" }

  package func questionDelivery() -> String { "How is the packet handed over?" }

  package func questionTransmission(on wire: WireID) -> String {
    "Who takes the frame on the wire \(visible(wire.name))?"
  }

  package func questionExit() -> String { "Where does the packet go from here?" }

  package func questionAcceptance() -> String { "Who takes the packet?" }

  package func questionEnding() -> String { "Why does it end here?" }

  package func sent(by stack: StackID, to destination: String, _ content: String) -> String {
    "\(stack.shortName) hands its stack a packet for \(destination): \(content)."
  }

  package func routed(_ selection: RouteLookup.Selection, entry: String, why: EvidenceTable.Why?) -> String {
    let next = selection.gateway.map { "to the router \($0)" } ?? "straight to the destination"
    let branch = selection.branch.map { " Equal-cost branch \($0.index + 1) of \($0.count)." } ?? ""
    return "\(entry) wins: out by \(selection.interface), \(next).\(branch)"
  }

  package func forThisHost(entry: String?) -> String {
    "\(entry.map { "\($0) wins" } ?? "No route is needed"): the address is this machine's own."
  }

  package func toSubnet(entry: String?) -> String {
    "\(entry.map { "\($0) wins" } ?? "No route is needed"): to all machines of a subnet."
  }

  package func noRoute(_ error: RouteError, to destination: IPv4Address) -> String {
    switch error {
    case .networkUnreachable: "No route contains \(destination) (\(error.errno))."
    case .hostUnreachable: "The packet may not go to \(destination) (\(error.errno))."
    case .prohibited: "A route of type prohibit refuses \(destination) (\(error.errno))."
    case .invalid(let cause): "\(invalid(cause)) (\(error.errno))."
    }
  }

  private func invalid(_ cause: RouteError.Invalid) -> String {
    switch cause {
    case .blackhole: "A blackhole route swallows the packet"
    case .martianSource: "The source address must not occur there"
    case .martianDestination: "The destination address must not occur there"
    case .reversePath: "The way back to the source leads through another interface"
    case .noSuchInterface: "There is no such interface"
    case .sourceNotOwn: "The source is none of the machine's own addresses"
    }
  }

  package func neighbor(_ evidence: NeighborEvidence) -> String {
    switch evidence.answer {
    case .known(let mac): "The neighbor table knows it: \(mac)."
    case .resolved(_, let reply, let responder):
      "An ARP request is broadcast; \(name(responder)) answers: \(reply.senderMAC)." + rivals(of: evidence)
    case .unanswered: "Nobody answers ARP for \(evidence.address)."
    case .notNeeded(let mac): "\(evidence.interface) does without ARP: \(mac)."
    }
  }

  private func rivals(of evidence: NeighborEvidence) -> String {
    guard !evidence.rivals.isEmpty else { return "" }
    let others = evidence.rivals.map { "\(name($0.responder)) (\($0.reply.senderMAC))" }
    return " So \(others.count == 1 ? "does" : "do") \(others.joined(separator: ", ")):"
      + " the first answer counts, and which one is first is a race."
  }

  private func name(_ responder: NeighborEvidence.Responder) -> String {
    switch responder {
    case .owner(let interface): interface.shortName
    case .bpf(let interface): "BPF on \(interface.shortName)"
    case .announcer(let interface): "BPF on \(interface.shortName), which announces it,"
    case .speaker(let interface): "MetalLB's speaker on \(interface.shortName), which announces it,"
    case .outside(let wire): "a machine outside the model on \(wire)"
    }
  }

  package func source(_ check: SourceCheck) -> String {
    check.source == check.expected ? "Yes, it is." : "No: the pod's own address is \(check.expected)."
  }

  package func identity(_ lookup: IdentityLookup) -> String {
    guard let winner = lookup.winner else {
      return "No entry contains \(lookup.address): it counts as \(lookup.identity.name)."
    }
    return "\(lookup.identity.name), by the entry \(winner.prefix)."
  }

  package func tunnelKey(_ identity: SecurityIdentity) -> String {
    "Its key is the identity \(identity.name)."
  }

  package func conntrack(_ state: ConntrackState) -> String {
    switch state {
    case .new: "No: it opens a new connection, and an entry is made."
    case .established: "Yes: it continues a connection that was opened before."
    case .reply: "Yes: it answers a packet that passed here before."
    case .related: "Yes: it is an error message about a packet that passed here before."
    }
  }

  package func policy(_ verdict: PolicyVerdict) -> String {
    let decider = visible(verdict.decider)
    return switch (verdict.decision, verdict.direction) {
    case (.notEnforced, .egress): "Yes: no policy selects the pod for what it sends."
    case (.notEnforced, .ingress): "Yes: no policy selects the pod for what it receives."
    case (.replyPasses, _): "Yes: answers pass, as the connection was let through before."
    case (.allowed, _): "Yes: an entry allows it (\(decider))."
    case (.denied, .egress):
      "No: policies select the pod for what it sends, and none of their rules allows this."
    case (.denied, .ingress):
      "No: policies select the pod for what it receives, and none of their rules allows this."
    case (.deniedByDenylist, _): "No: an entry denies it (\(decider))."
    case (.audited, _): "Yes, but only because policyAuditMode lets through what policy denies."
    case (.undecided, _): "Unknown: the model does not know a section of a policy that applies (\(decider))."
    }
  }

  package func service(_ lookup: ServiceLookup) -> String {
    switch lookup.answer {
    case .miss: "No: the address stays as it is."
    case .backend(let backend, let slot, let entry):
      "Yes, of \(entry.service): slot \(slot) of \(lookup.slotCount), \(backend.address):\(backend.port)."
        + (lookup.isKept ? " The client keeps the backend that it had." : "") + maglev(lookup)
    case .noBackend(let entry): "Yes, of \(entry.service), but it has no backend."
    }
  }

  package func translation(_ translation: ServiceTranslation) -> String {
    let (frontend, backend) = (translation.frontend.text, translation.backend.text)
    let source =
      translation.substitute.map { "the source \(translation.client.text) becomes \($0.text)" }
      ?? "the source stays \(translation.client.text)"
    guard let dispatch = translation.dispatch else {
      return "The destination \(frontend) becomes \(backend); \(source)."
    }
    return "The destination \(frontend) becomes \(backend); \(source). "
      + "The backend's node is told by \(name(dispatch)) to answer the client itself."
  }

  package func questionDirectReturn() -> String { "Whom did the client ask?" }

  package func directReturn(_ told: DirectReturn) -> String {
    "\(told.frontend.text), says \(name(told.dispatch)):"
      + " in that name this node will answer \(told.client.text)."
  }

  private func name(_ dispatch: CiliumSettings.DSRDispatch) -> String {
    switch dispatch {
    case .opt: "an IP option"
    case .geneve: "an option of the Geneve header"
    case .ipip: "a second IP header"
    }
  }

  /// What Maglev's table says; empty where no table was asked.
  private func maglev(_ lookup: ServiceLookup) -> String {
    guard let choice = lookup.maglev else { return "" }
    let backend = "\(choice.backend.address):\(choice.backend.port)"
    return " Maglev's slot \(choice.slot) of \(choice.size) holds \(backend)"
      + " (hash \(choice.hash) of client address, ports and protocol)."
  }

  package func endpoint(_ lookup: EndpointLookup) -> String {
    switch lookup.answer?.kind {
    case .pod(let endpoint): "Yes: \(endpoint.pod), behind \(endpoint.interface)."
    case .host: "Yes: it is the node's own address."
    case nil: "No: the packet must leave the node."
    }
  }

  package func tunnel(_ answer: TunnelDecision.Answer) -> String {
    switch answer {
    case .encapsulate(let remote, let vni, let tunnel):
      "Yes: \(tunnel.name) to \(remote), with the sender's identity \(vni) as its key."
    case .nativeMode: "No: routing is native, and the programs contain no tunnel."
    case .noTunnelEndpoint: "No: the ipcache names no node for the destination."
    case .skipped: "No: the ipcache entry forbids it (skiptunnel)."
    }
  }

  package func encapsulated(outer: IPv4Header?, port: UInt16?, vni: UInt32?, tunnel: String) -> String {
    guard let outer, let port, let vni else { return "A \(tunnel) header." }
    return "An outer IPv4 header from \(outer.source) to \(outer.destination), UDP port \(port), and a "
      + "\(tunnel) header with the key \(vni)."
  }

  package func decapsulated(port: UInt16) -> String {
    "The kernel's driver on UDP port \(port): the outer headers come off."
  }

  package func masquerade(_ decision: MasqueradeDecision) -> String {
    switch decision.answer {
    case .translate(let address): "Yes: \(decision.source) becomes \(address)."
    case .standsInForClient(let client, let substitute): "Yes: \(client.text) becomes \(substitute.text)."
    case .sourceIsNode: "No: the source is a node's address already."
    case .reply: "No: the packet is an answer."
    case .insideNativeCIDR(let prefix):
      "No: \(decision.destination) is inside ipv4NativeRoutingCIDR \(prefix)."
    case .sourceIsHost: "No: the host itself sends."
    case .destinationIsRemoteNode: "No: the destination is another node."
    case .notALocalPod: "No: \(decision.source) is no pod of this node."
    case .encapsulated: "No: the packet goes through a tunnel."
    case .disabled: "No: BPF masquerading is switched off."
    }
  }

  package func reverse(_ translation: ReverseTranslation) -> String {
    let (from, to) = (translation.from.text, translation.to.text)
    return switch translation.table {
    case .socket: "The program asked for \(to) and sees that address, not \(from)."
    case .service: "The client asked \(to) and sees that address, not \(from)."
    case .masquerade, .netfilter: "\(from) becomes \(to) again."
    }
  }

  package func redirect(_ notice: RedirectNotice) -> String {
    "Yes: the packet leaves by the interface that it came in by. An ICMP redirect tells \(notice.sender)"
      + " to send to \(notice.gateway) itself."
  }

  package func hopLimit(_ limit: HopLimit) -> String {
    limit.after.map { "Yes: the TTL goes from \(limit.before) to \($0)." }
      ?? "No: the TTL is \(limit.before)."
  }

  package func size(_ check: SizeCheck) -> String {
    let excess = "\(check.length) bytes are more than the \(check.limit) that pass"
    return switch check.answer {
    case .fragmented(let pieces): "No: \(excess), so it goes on in \(pieces) fragments."
    case .mayNotFragment: "No: \(excess), and DF forbids to cut it up."
    }
  }

  package func delivery(_ delivery: Delivery) -> String {
    switch delivery {
    case .redirectPeer(let interface): "Straight into \(interface.shortName) (bpf_redirect_peer)."
    case .redirect(let interface): "By \(interface.shortName), which hands it through (bpf_redirect)."
    case .stack(let node): "To the stack of \(node)."
    }
  }

  package func transmission(_ transmission: Transmission) -> String {
    guard !transmission.receivers.isEmpty else {
      return
        "No machine of the model on \(visible(transmission.wire.name)) has the MAC that the frame is for."
    }
    return "\(transmission.receivers.map(\.shortName).joined(separator: " and ")) by its MAC address."
  }

  package func exit(_ transmission: Transmission) -> String {
    "Out by \(transmission.from.shortName) onto \(visible(transmission.wire.name)), and out of the modelled network."
  }

  package func acceptance(_ acceptance: Acceptance) -> String {
    switch acceptance {
    case .listener(let listener): "A program listens on \(listener.name)."
    case .echo: "The kernel answers echo requests itself."
    case .waitingSocket: "The socket that waits for this answer."
    case .closedPort(let listener): "Nobody listens on \(listener.name)."
    }
  }
}
