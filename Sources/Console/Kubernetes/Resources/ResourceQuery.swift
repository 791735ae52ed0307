import ControlPlane
import NetModel

/// Objects that a command line asks for.
struct ResourceQuery: Sendable {
  var targets: [ResourceArguments.Target]
  /// `nil` for all.
  var namespace: String?
  var labels = LabelRequirements()
  var fields = FieldRequirements()
  var ignoresMissing = false

  /// What was found: the objects of one target.
  struct Found: Sendable {
    var resource: APIResource
    var documents: [JSONValue]
  }

  /// What the words and the flags `-n`, `-A`, `-l` and `--field-selector` of a command line ask for.
  init(_ arguments: ResourceArguments, call: KubectlCall) throws(KubectlError) {
    targets = arguments.targets
    namespace = call.isAllNamespaces ? nil : call.namespace
    if arguments.hasNames {
      if call.flags.contains("selector") || call.flags.contains("field-selector") {
        throw .client("name cannot be provided when a selector is specified")
      }
      if call.isAllNamespaces {
        throw .client("a resource cannot be retrieved by name across all namespaces")
      }
    }
    let selectors = (call.flags.text("selector") ?? "", call.flags.text("field-selector") ?? "")
    do throws(SelectorError) {
      labels = try LabelRequirements(parsing: selectors.0)
      fields = try FieldRequirements(parsing: selectors.1)
    } catch {
      let resource = arguments.targets.first?.resource
      throw .server(
        APIError(
          .badRequest,
          "Unable to find \"\(resource?.apiVersion ?? "v1"), Resource=\(resource?.plural ?? "")\" that match "
            + "label selector \"\(selectors.0)\", field selector \"\(selectors.1)\": \(error.message)"))
    }
    ignoresMissing = call.flags.isOn("ignore-not-found")
  }

  /// The objects of each target in order; what is missing is added to the errors.
  func run(on lab: RunningLab, errors: inout [KubectlError]) -> [Found] {
    guard let network = lab.network else { return [] }
    var all: [Found] = []
    for target in targets {
      do throws(KubectlError) {
        all.append(Found(resource: target.resource, documents: try documents(of: target, network, lab.now)))
      } catch {
        errors.append(error)
      }
    }
    return all
  }

  private func documents(
    of target: ResourceArguments.Target, _ network: Network, _ now: Instant
  ) throws(KubectlError) -> [JSONValue] {
    if let name = target.name {
      do {
        return [try network.apiGet(target.resource, namespace: namespace, name: name, at: now)]
      } catch {
        if ignoresMissing, error.reason == .notFound { return [] }
        throw .server(error)
      }
    }
    if let field = fields.unsupportedField(of: target.resource) {
      let resource = target.resource
      throw .server(
        APIError(
          .badRequest,
          "Unable to find \"\(resource.group.isEmpty ? "/" : resource.group + "/")\(resource.version), "
            + "Resource=\(resource.plural)\" that match label selector \"\(labels.text)\", "
            + "field selector \"\(fields.text)\": field label not supported: \(field)"))
    }
    return network.apiList(target.resource, namespace: namespace, at: now)
      .filter { labels.match($0) && fields.match($0) }
  }
}
