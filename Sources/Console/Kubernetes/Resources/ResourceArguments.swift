import ControlPlane
import NetModel

/// What the words `TYPE[,TYPE] [NAME...]` or `TYPE/NAME ...` of a command line mean.
///
/// Source: k8s.io/cli-runtime `pkg/resource/builder.go`.
struct ResourceArguments: Sendable {
  /// In the order of the line.
  let targets: [Target]

  struct Target: Hashable, Sendable {
    var resource: APIResource
    /// `nil` for all objects of the resource.
    var name: String?
  }

  init(_ words: [String], names: ResourceNames) throws(KubectlError) {
    if words.contains(where: { $0.contains("/") }) {
      targets = try Self.pairs(words, names)
    } else {
      targets = try Self.types(words, names)
    }
  }

  private static func pairs(_ words: [String], _ names: ResourceNames) throws(KubectlError) -> [Target] {
    var targets: [Target] = []
    for word in words {
      let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.count > 1 else {
        throw .client(
          "there is no need to specify a resource type as a separate argument when passing arguments in "
            + "resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of "
            + "'kubectl get resource resource/<resource_name>'")
      }
      guard parts.count == 2 else {
        throw .client("arguments in resource/name form may not have more than one slash")
      }
      guard !parts[0].isEmpty, !parts[1].isEmpty else {
        throw .client("arguments in resource/name form must have a single resource and name")
      }
      for resource in try names.resources(named: parts[0]) {
        targets.append(Target(resource: resource, name: parts[1]))
      }
    }
    return targets
  }

  private static func types(_ words: [String], _ names: ResourceNames) throws(KubectlError) -> [Target] {
    guard let first = words.first else { return [] }
    var resources: [APIResource] = []
    for word in first.split(separator: ",", omittingEmptySubsequences: true) {
      for resource in try names.resources(named: String(word)) where !resources.contains(resource) {
        resources.append(resource)
      }
    }
    let objects = words.dropFirst()
    if objects.isEmpty { return resources.map { Target(resource: $0, name: nil) } }
    return resources.flatMap { resource in objects.map { Target(resource: resource, name: $0) } }
  }

  /// Several resources are asked for, so that names have to tell of which they are.
  var areOfSeveralResources: Bool { Set(targets.map(\.resource)).count > 1 }

  /// Exactly one object is asked for by its name.
  var isOneObject: Bool { targets.count == 1 && targets.first?.name != nil }

  var hasNames: Bool { targets.contains { $0.name != nil } }
}
