import ControlPlane
import NetModel
import YAML

extension LabReader {
  /// A machine's BGP daemon.
  mutating func bgpRouter(_ node: Node) -> BGPRouter? {
    let keys = ["asn", "neighbors", "maximumPaths", "requiresPolicy", "holdTime"]
    guard let fields = fields(node, keys: keys),
      let asn = required(fields, "asn").flatMap({ number($0, in: 1...Int(UInt32.max)) })
    else { return nil }
    return BGPRouter(
      asn: UInt32(asn), neighbors: list(fields, "neighbors").compactMap { bgpNeighbor($0) },
      maximumPaths: number(fields, "maximumPaths", in: 1...256) ?? 64,
      requiresPolicy: bool(fields, "requiresPolicy") ?? true,
      holdTime: .seconds(number(fields, "holdTime", in: 3...65535) ?? 180))
  }

  private mutating func bgpNeighbor(_ node: Node) -> BGPRouter.Neighbor? {
    guard let fields = fields(node, keys: ["address", "asn"]),
      let address = requiredAddress(fields, "address")
    else { return nil }
    let asn = number(fields, "asn", in: 1...Int(UInt32.max))
    return BGPRouter.Neighbor(address: address, asn: asn.map { UInt32($0) })
  }
}
