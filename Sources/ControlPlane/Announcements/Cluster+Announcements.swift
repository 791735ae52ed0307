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
  ) -> [ServiceID: [NodeID]] {
    let sound = policies.filter { $0.patterns != nil }
    let takers = sound.map { policy in nodes.filter { policy.selects(node: $0.labels) }.map(\.id) }
    var candidates: [ServiceID: [NodeID]] = [:]
    for service in services where service.type == .loadBalancer || !service.externalIPs.isEmpty {
      let view = ServiceView(service, startTime: startTime)
      for (policy, nodes) in zip(sound, takers) where !nodes.isEmpty && !policy.addresses(of: view).isEmpty {
        let known = candidates[service.id] ?? []
        candidates[service.id] = known.isEmpty ? nodes : Set(known + nodes).sorted()
      }
    }
    return candidates
  }

  /// Lets every node react to policies and Services as they are.
  mutating func settleLeases(in network: Network, at instant: Instant) {
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

  /// The rows of the table `l2-announce` on a node with these devices, in ascending order.
  func announcements(on node: ClusterNode, devices: [String]) -> [L2Announcement] {
    let held = Set(leaseElections.leases.filter { $0.holder == node.id && !$0.isOrphaned }.map(\.service))
    guard !held.isEmpty, node.agent?.settings.l2Announcements == true else { return [] }
    let views = services.filter { held.contains($0.id) }.map { ServiceView($0, startTime: startTime) }
    return l2Policies.announcements(of: views, onNodeWith: node.labels, devices: devices)
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

  /// All rows of all nodes that run.
  var announcedRows: [AnnouncedRow] {
    guard let cluster else { return [] }
    let spoken = speakerAnnouncements.sorted { $0.key < $1.key }.flatMap { node, rows in
      rows.map { AnnouncedRow(node: node, row: $0, isSpeakers: true) }
    }
    guard !cluster.leaseElections.leases.isEmpty else { return spoken }
    return spoken
      + cluster.nodes.filter { runningAgent(on: $0.id) != nil }.flatMap { node in
        cluster.announcements(on: node, devices: agentDevices(on: node.id).map(\.name))
          .map { AnnouncedRow(node: node.id, row: $0) }
      }
  }

  /// Nodes tell by gratuitous ARP of addresses that they answer for now and did not before.
  ///
  /// Source: Cilium `pkg/datapath/l2responder/l2responder.go`, `pkg/datapath/garp`.
  mutating func announce(since before: [AnnouncedRow]) {
    let rows = announcedRows
    guard !rows.isEmpty else { return }
    let known = Set(before.map { [$0.node.name, $0.row.address.description, $0.row.interface] })
    for row in rows {
      for service in row.isSpeakers ? row.row.services : [] {
        cluster?.metalLB?.note(.announced(row.node), of: service, at: now)
      }
      guard !known.contains([row.node.name, row.row.address.description, row.row.interface]),
        case .v4(let address) = row.row.address,
        let interface = machine(row.node)?.stack.interface(named: row.row.interface),
        case .wire(let wire) = interface.attachment
      else { continue }
      hearAnnouncement(of: address, at: interface.mac, on: wire)
    }
  }
}
