import NetModel

extension Cluster {
  /// In ascending order of name.
  package var l2Policies: [L2AnnouncementPolicy] {
    documents.filter { $0.id.kind == "CiliumL2AnnouncementPolicy" }
      .map { L2AnnouncementPolicy($0, startTime: startTime) }
  }

  /// What the elections of leases depend on now; `nil` where there are neither policies nor leases.
  func electionSetting(in network: Network) -> LeaseElections.Setting? {
    let policies = l2Policies
    guard !policies.isEmpty || !leaseElections.leases.isEmpty else { return nil }
    let agents = nodes.filter { $0.agent != nil && network.machine($0.id)?.isUp == true }
    let announcing = agents.filter {
      $0.agent?.settings.l2Announcements == true && !isAgentStarting(on: $0.id)
    }
    let timings = announcing.map { ($0.id, $0.agent?.settings.leaseTiming ?? LeaseTiming()) }
    return LeaseElections.Setting(
      candidates: candidates(among: announcing, policies),
      downNodes: Set(nodes.map(\.id).filter { network.machine($0)?.isUp != true }),
      timings: Dictionary(uniqueKeysWithValues: timings), sweepers: agents.map(\.id), facts: facts,
      seed: network.seed)
  }

  /// The nodes that want each Service's lease.
  ///
  /// Source: Cilium `pkg/l2announcer/l2announcer.go`, `upsertSvc`: neither devices nor pods are looked at.
  private func candidates(
    among nodes: [ClusterNode], _ policies: [L2AnnouncementPolicy]
  ) -> LeaseCandidates {
    let sound = policies.soundOnes
    var announced = index.value.announced
    announced.update(sound, services, startTime: startTime)
    let selected = sound.map { policy in nodes.filter { policy.selects(node: $0.labels) }.map(\.id) }
    var candidates = LeaseCandidates()
    var groups: [[Int]: Int] = [:]
    for places in Set(announced.takers.values).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let nodes = Set(places.flatMap { selected[$0] })
      if !nodes.isEmpty { groups[places] = candidates.addGroup(nodes.sorted()) }
    }
    for (service, places) in announced.takers {
      if let group = groups[places] { candidates.put(service, inGroup: group) }
    }
    return candidates
  }

  /// Lets every node react to policies and Services as they are.
  mutating func settleLeases(in network: Network, at instant: Instant) {
    index.value.announced.update(l2Policies.soundOnes, services, startTime: startTime)
    guard let setting = electionSetting(in: network) else { return }
    var elections = leaseElections
    elections.reconcile(setting, at: instant) { nextCreation(at: instant) }
    leaseElections = elections
    reportFaults(at: instant)
  }

  private mutating func reportFaults(at instant: Instant) {
    for policy in l2Policies {
      let reported = policy.reported(
        selectsSomeNode: nodes.contains { policy.selects(node: $0.labels) }, at: instant)
      guard reported != policy.conditions,
        let index = documents.position(of: DocumentID(kind: "CiliumL2AnnouncementPolicy", name: policy.name))
      else { continue }
      var status = documents[index].record.status ?? .object([])
      status["conditions"] = reported.document(startTime: startTime)
      documents[index].record.status = status
      documents[index].record.revision = nextRevision()
    }
  }

  /// The rows of the table `l2-announce` on a node with these devices that holds the leases of `services`, in ascending
  /// order.
  func announcements(
    of services: [ServiceID], on node: ClusterNode, devices: [String]
  ) -> [L2Announcement] {
    guard !services.isEmpty, node.agent?.settings.l2Announcements == true else { return [] }
    let views = services.compactMap { service($0) }.map { ServiceView($0, startTime: startTime) }
    return l2Policies.announcements(of: views, onNodeWith: node.labels, devices: devices)
  }
}

extension [L2AnnouncementPolicy] {
  /// Those whose expressions can be read, without what was written into their status.
  fileprivate var soundOnes: [L2AnnouncementPolicy] {
    filter { $0.patterns != nil }.map { policy in
      var plain = policy
      plain.conditions = []
      return plain
    }
  }
}

extension L2AnnouncementPolicy {
  /// A policy as the cluster stores it.
  init(_ object: StoredObject, startTime: WallTime) {
    let spec = object.spec
    self.init(
      name: object.id.name, nodeSelector: spec["nodeSelector"].map { LabelSelector(document: $0) },
      serviceSelector: spec["serviceSelector"].map { LabelSelector(document: $0) },
      interfaces: (spec["interfaces"]?.elements ?? []).compactMap(\.text),
      externalIPs: spec["externalIPs"]?.boolean ?? false,
      loadBalancerIPs: spec["loadBalancerIPs"]?.boolean ?? false,
      generation: object.record.generation,
      conditions: [Condition](status: object.record.status, startTime: startTime))
  }
}

extension Network {
  /// One row of a node's table, and where it is.
  struct AnnouncedRow: Hashable {
    var node: NodeID
    var row: L2Announcement
    /// A speaker of MetalLB answers, and no agent.
    var isSpeakers = false
  }

  /// The rows of all nodes that run, or those of some Services alone.
  private func announcedRows(of services: Set<ServiceID>?) -> [AnnouncedRow] {
    guard let cluster else { return [] }
    let held = cluster.leaseElections.heldServices(among: services)
    return held.sorted { $0.key < $1.key }.flatMap { holder, services -> [AnnouncedRow] in
      guard let node = cluster.node(holder), runningAgent(on: holder) != nil else { return [] }
      let devices = agentDevices(on: holder).map(\.name)
      return cluster.announcements(of: services, on: node, devices: devices).map {
        AnnouncedRow(node: holder, row: $0)
      }
    }
  }

  private var spokenRows: [AnnouncedRow] {
    speakerAnnouncements.sorted { $0.key < $1.key }.flatMap { node, rows in
      rows.map { AnnouncedRow(node: node, row: $0, isSpeakers: true) }
    }
  }

  /// The Services whose rows may be others than before; `nil` for all.
  private func servicesAnnouncedOtherwise(since before: Network) -> Set<ServiceID>? {
    guard let cluster, let former = before.cluster, cluster.l2Policies == former.l2Policies,
      machines.storage == before.machines.storage, manualChanges == before.manualChanges,
      cluster.nodes.changes(since: former.nodes).allSatisfy(\.announcesAlike)
    else { return nil }
    let changed = cluster.services.changes(since: former.services).compactMap { ($0.new ?? $0.old)?.id }
    return Set(changed).union(cluster.leaseElections.changedServices(since: former.leaseElections))
  }

  /// Nodes tell by gratuitous ARP of addresses that they answer for now and did not before.
  ///
  /// Source: Cilium `pkg/datapath/l2responder/l2responder.go`, `pkg/datapath/garp`.
  mutating func announce(since before: Network) {
    let touched = servicesAnnouncedOtherwise(since: before)
    let rows = spokenRows + announcedRows(of: touched)
    guard !rows.isEmpty else { return }
    let known = Set((before.spokenRows + before.announcedRows(of: touched)).map(\.place))
    for row in rows {
      for service in row.isSpeakers ? row.row.services : [] {
        cluster?.metalLB?.note(.announced(row.node), of: service, at: now)
      }
      guard !known.contains(row.place), case .v4(let address) = row.row.address,
        let interface = machine(row.node)?.stack.interface(named: row.row.interface),
        case .wire(let wire) = interface.attachment
      else { continue }
      hearAnnouncement(of: address, at: interface.mac, on: wire)
    }
  }
}

extension Network.AnnouncedRow {
  /// Who answers for what, and where; not for whom.
  fileprivate var place: [String] { [node.name, row.address.description, row.interface] }
}

extension ObjectTable<ClusterNode>.Change {
  /// The node is announced on as before.
  fileprivate var announcesAlike: Bool {
    old?.labels == new?.labels && old?.agent?.settings == new?.agent?.settings
      && old?.agent?.devices == new?.agent?.devices
  }
}
