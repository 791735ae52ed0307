import ControlPlane
import NetModel
import YAML

extension LabReader {
  static let clusterKeys = [
    "serviceCIDR", "context", "nodes", "software", "helm", "images", "objects", "facts",
  ]

  /// The cluster before its first agent has started; objects come later.
  mutating func cluster(_ fields: Fields, machines: [Machine]) -> Cluster? {
    guard
      let serviceCIDR = required(fields, "serviceCIDR").flatMap({ node in
        value(node, .prefix) { IPv4Prefix(parsing: $0[...]) }
      })
    else { return nil }
    let nodes = list(fields, "nodes").enumerated().compactMap { order, node in
      clusterNode(node, joinOrder: order, machines: machines)
    }
    var cluster = Cluster(
      serviceCIDR: serviceCIDR, nodes: nodes, helmValues: HelmValues(helmSettings(fields, "helm")),
      programs: list(fields, "images").compactMap { program($0) },
      facts: fields["facts"].map { facts($0, machines: machines) } ?? RecordedFacts())
    cluster.software = fields["software"].flatMap { software($0) } ?? NodeSoftware()
    cluster.contextName = text(fields, "context") ?? cluster.contextName
    return cluster
  }

  private mutating func software(_ node: Node) -> NodeSoftware? {
    let keys = ["kubernetes", "operatingSystem", "kernel", "containerRuntime", "architecture"]
    guard let fields = fields(node, keys: keys) else { return nil }
    var software = NodeSoftware()
    software.kubernetes = text(fields, "kubernetes") ?? ""
    software.operatingSystem = text(fields, "operatingSystem") ?? ""
    software.kernel = text(fields, "kernel") ?? ""
    software.containerRuntime = text(fields, "containerRuntime") ?? ""
    software.architecture = text(fields, "architecture") ?? software.architecture
    return software
  }

  private mutating func clusterNode(_ node: Node, joinOrder: Int, machines: [Machine]) -> ClusterNode? {
    guard let fields = fields(node, keys: ["name", "address", "podCIDR", "labels"]),
      let id = machineID(fields, "name", among: machines), let address = requiredAddress(fields, "address")
    else { return nil }
    return ClusterNode(
      id: id, address: address, labels: labels(fields, "labels"), joinOrder: joinOrder,
      kubernetesPodCIDR: prefix(fields, "podCIDR"))
  }

  /// The name of a machine of the lab.
  mutating func machineID(_ fields: Fields, _ key: String, among machines: [Machine]) -> NodeID? {
    guard let node = required(fields, key) else { return nil }
    return machineID(node, among: machines)
  }

  mutating func machineID(_ node: Node, among machines: [Machine]) -> NodeID? {
    guard let name = text(node) else { return nil }
    let names = machines.map(\.id.name)
    guard names.contains(name) else {
      report(.unknownName(name, of: .machine, similar: similarName(to: name, among: names)), at: node)
      return nil
    }
    return NodeID(name)
  }

  /// A mapping from paths to values.
  mutating func helmSettings(_ fields: Fields, _ key: String) -> [HelmSetting] {
    guard let node = fields[key], let values = openFields(node) else { return [] }
    return values.keys.compactMap { path in
      values[path].flatMap { helmValue($0) }.map { HelmSetting(path: path, value: $0) }
    }
  }

  private mutating func helmValue(_ node: Node) -> HelmValue? {
    switch node {
    case .scalar(let scalar) where scalar.isPlain: return HelmValue(parsing: scalar.string)
    case .scalar(let scalar): return .string(scalar.string)
    case .sequence(let sequence): return .list(sequence.compactMap { helmValue($0) })
    case .mapping:
      report(.invalidValue(node.text, expected: .text), at: node)
      return nil
    }
  }

  private mutating func program(_ node: Node) -> ImageProgram? {
    let keys = ["image", "tcp", "udp", "tools", "libc", "serves"]
    guard let fields = fields(node, keys: keys), let image = requiredText(fields, "image") else { return nil }
    return ImageProgram(
      image: image, listeners: listeners(node, keys: keys), tools: fields["tools"].map { tools($0) },
      library: word(fields, "libc") ?? .glibc, serves: word(fields, "serves"))
  }

  /// A mapping from commands to versions.
  private mutating func tools(_ node: Node) -> [InstalledTool] {
    guard let fields = openFields(node) else { return [] }
    return fields.keys.sorted().compactMap { name in
      text(fields, name).map { InstalledTool(name: name, version: $0) }
    }
  }
}
