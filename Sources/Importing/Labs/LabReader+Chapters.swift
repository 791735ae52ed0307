import ControlPlane
import NetModel
import YAML

extension LabReader {
  /// The objects of manifests, in their order.
  mutating func objects(_ nodes: [Node]) -> [ClusterObject] {
    var objects: [ClusterObject] = []
    for node in nodes {
      switch manifest(node) {
      case .object(let object): objects.append(object)
      case .endpoints(let service, let addresses): attach(addresses, to: service, in: &objects, at: node)
      case nil: continue
      }
    }
    return objects
  }

  private mutating func attach(
    _ addresses: [IPv4Address], to id: ServiceID, in objects: inout [ClusterObject], at node: Node
  ) {
    for position in objects.indices {
      guard case .service(var service) = objects[position], service.id == id else { continue }
      service.endpoints = addresses
      objects[position] = .service(service)
      return
    }
    report(.unknownName(id.description, of: .service, similar: nil), at: node)
  }

  mutating func chapters(_ nodes: [Node], machines: [Machine]) -> [Lab.Chapter] {
    var chapters: [Lab.Chapter] = []
    for node in nodes {
      guard let fields = fields(node, keys: ["name", "aliases", "title", "edits", "until"]),
        let name = requiredText(fields, "name")
      else { continue }
      let chapter = Lab.Chapter(
        name: name, aliases: list(fields, "aliases").compactMap { text($0) },
        title: text(fields, "title") ?? "",
        edits: list(fields, "edits").flatMap { edits($0, machines: machines) },
        end: instant(fields, "until"))
      if chapters.contains(where: { $0.name == name }) {
        report(.duplicateName(name, of: .chapter), at: node)
      } else {
        chapters.append(chapter)
      }
    }
    return chapters
  }

  private static let editKeys =
    [
      "apply", "scale", "helm", "restartAgents", "addRoute", "replaceRoute", "deleteRoute", "setLink",
      "setMTU", "setSysctl", "patch", "reboot", "at",
    ] + savedEditKeys

  /// One entry of a chapter: a mapping with the edit's name as its only key, but for `at`, when it was made.
  private mutating func edits(_ node: Node, machines: [Machine]) -> [Lab.PlacedEdit] {
    guard let fields = fields(node, keys: LabReader.editKeys) else { return [] }
    let instant = instant(fields, "at")
    return fields.keys.compactMap { key in
      guard key != "at", let value = fields[key] else { return nil }
      return edit(key, value, fields, machines: machines).map {
        Lab.PlacedEdit(edit: $0, position: value.position, instant: instant)
      }
    }
  }

  /// Nanoseconds since the network began.
  private mutating func instant(_ fields: Fields, _ key: String) -> Instant? {
    number(fields, key, in: 0...Int(Int64.max)).map { Instant(nanoseconds: Int64($0)) }
  }

  private mutating func edit(
    _ key: String, _ node: Node, _ fields: Fields, machines: [Machine]
  ) -> Edit? {
    switch key {
    case "apply": return .create(objects([node]))
    case "helm": return .setHelmValues(helmSettings(fields, "helm"), restart: .none)
    case "restartAgents": return text(node) == "all" ? .restartAgents(.all) : agentRestart(node, machines)
    case "scale": return scale(node)
    case "patch": return patch(node)
    case "reboot": return machineID(node, among: machines).map { .reboot($0) }
    case "addRoute", "replaceRoute", "deleteRoute": return routeEdit(key, node, machines: machines)
    case "setLink", "setMTU": return linkEdit(key, node, machines: machines)
    case "setSysctl": return sysctl(node, machines: machines)
    default: return savedEdit(key, node, fields, machines: machines)
    }
  }

  private mutating func agentRestart(_ node: Node, _ machines: [Machine]) -> Edit? {
    machineID(node, among: machines).map { .restartAgents(.node($0)) }
  }

  /// `kubectl patch`, `annotate` and `label`.
  private mutating func patch(_ node: Node) -> Edit? {
    guard let fields = fields(node, keys: ["kind", "name", "with"]),
      let kind = requiredText(fields, "kind"),
      let name = required(fields, "name").flatMap({ namespacedName($0) }),
      let patch = required(fields, "with")
    else { return nil }
    guard let resource = APIResource.of(kind: kind) else {
      let kinds = APIResource.all.map(\.kind)
      report(.invalidValue(kind, expected: .word(kinds)), at: node)
      return nil
    }
    return .changeObject(
      .patch(
        resource, namespace: name.namespace, name: name.name, JSONValue(node: patch), .strategic,
        subresource: nil))
  }

  private mutating func scale(_ node: Node) -> Edit? {
    guard let fields = fields(node, keys: ["deployment", "replicas"]),
      let name = required(fields, "deployment").flatMap({ namespacedName($0) }),
      let replicas = required(fields, "replicas").flatMap({ number($0, in: 0...10_000) })
    else { return nil }
    return .scale(WorkloadID(.deployment, namespace: name.namespace, name: name.name), replicas: replicas)
  }

  private mutating func routeEdit(_ key: String, _ node: Node, machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on"] + LabReader.routeKeys),
      let stack = stackID(fields, among: machines)
    else { return nil }
    switch key {
    case "addRoute": return route(fields).map { .addRoute($0, on: stack) }
    case "replaceRoute": return route(fields).map { .replaceRoute($0, on: stack) }
    default: return routeSelector(fields).map { .deleteRoute($0, on: stack) }
    }
  }

  private mutating func linkEdit(_ key: String, _ node: Node, machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "dev", key == "setLink" ? "up" : "mtu"]),
      let stack = stackID(fields, among: machines), let name = requiredText(fields, "dev")
    else { return nil }
    let interface = InterfaceID(stack, name)
    guard key == "setLink" else {
      return required(fields, "mtu").flatMap { number($0, in: 68...65535) }.map {
        .setMTU(interface, bytes: $0)
      }
    }
    guard required(fields, "up") != nil else { return nil }
    return bool(fields, "up").map { .setLink(interface, isUp: $0) }
  }

  private mutating func sysctl(_ node: Node, machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "key", "value"]),
      let stack = stackID(fields, among: machines), let key = requiredText(fields, "key"),
      let value = required(fields, "value").flatMap({ number($0, in: Int(Int32.min)...Int(Int32.max)) })
    else { return nil }
    return .setSysctl(key, value: value, on: stack)
  }
}
