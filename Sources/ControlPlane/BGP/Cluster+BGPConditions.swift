import NetModel

extension Cluster {
  /// The operator writes what is wrong with each configuration into its status.
  ///
  /// Source: Cilium `operator/pkg/bgpv2/cluster.go`.
  mutating func settleBGP(at instant: Instant) {
    let configs = bgpClusterConfigs
    for (position, config) in configs.enumerated() where operatorRun != nil {
      let id = DocumentID(kind: "CiliumBGPClusterConfig", name: config.name)
      guard let index = documents.position(of: id) else { continue }
      let before = [Condition](status: documents[index].record.status, startTime: startTime)
      var conditions = before
      for condition in bgpConditions(of: config, among: configs[..<position]) {
        var dated = condition
        dated.lastTransition = instant
        dated.observedGeneration = documents[index].record.generation
        _ = conditions.set(dated)
      }
      conditions.sort { $0.type < $1.type }
      guard conditions != before else { continue }
      var status = documents[index].record.status ?? .object([])
      status["conditions"] = conditions.document(startTime: startTime)
      documents[index].record.status = status
      documents[index].record.revision = nextRevision()
    }
  }

  private func bgpConditions(
    of config: BGPClusterConfig, among older: ArraySlice<BGPClusterConfig>
  ) -> [Condition] {
    let selected = nodes.filter { config.selects($0) }
    let rivals = older.filter { other in selected.contains { other.selects($0) } }.map(\.name).sorted()
    let peers = config.instances.flatMap(\.peers).compactMap(\.config)
    let missing = Set(peers.filter { bgpPeerConfig($0) == nil }).sorted()
    func condition(_ type: String, _ reason: String, _ isTrue: Bool, _ message: String) -> Condition {
      Condition(
        type: "cilium.io/\(type)", status: isTrue ? .true : .false, reason: reason, message: message)
    }
    func list(_ names: [String]) -> String { "[\(names.joined(separator: " "))]" }
    return [
      condition(
        "ConflictingClusterConfig", "ConflictingClusterConfigs", !rivals.isEmpty,
        rivals.isEmpty ? "" : "Selecting the same node(s) with ClusterConfig(s): \(list(rivals))"),
      condition(
        "MissingPeerConfigs", "MissingPeerConfigs", !missing.isEmpty,
        missing.isEmpty ? "" : "Referenced CiliumBGPPeerConfig(s) are missing: \(list(missing))"),
      condition("NoMatchingNode", "NoMatchingNode", selected.isEmpty, "No node matches spec.nodeSelector"),
    ]
  }
}
