import NetModel

extension Network {
  /// The number of the endpoint that stands for the node itself; no pod of the node has it.
  ///
  /// Source: Cilium `pkg/endpointmanager/idallocator`: any free number from 1 to 4095.
  package func hostEndpointID(on node: NodeID) -> Int {
    let taken = cluster?.pods(on: node).compactMap(\.endpoint?.id) ?? []
    var draw = Draw(seed: seed, for: "host-endpoint", node.name)
    return draw.number(in: 1...4095) { !taken.contains($0) } ?? 0
  }
}
