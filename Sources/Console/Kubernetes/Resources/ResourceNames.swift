import ControlPlane

/// The names under which resources go on a command line.
///
/// Source: kubectl `pkg/cmd/get/get.go`; client-go `restmapper/shortcut.go`, `category_expansion.go`.
struct ResourceNames: Sendable {
  let resources: [APIResource]

  init(_ network: Network) {
    resources = network.apiResources
  }

  /// The resources that a word means: one, or all of a category.
  func resources(named word: String) throws(KubectlError) -> [APIResource] {
    if let resource = resource(named: word) { return [resource] }
    let category = resources.filter { $0.categories.contains(word) }
    if !category.isEmpty { return category }
    let plain = word.prefix { $0 != "." }.lowercased()
    if Self.unmodelled.contains(plain) { throw .notModelled(word) }
    throw .client("the server doesn't have a resource type \"\(word)\"")
  }

  /// By plural, singular or short name, in any case, with or without `.GROUP` or `.VERSION.GROUP` behind it.
  func resource(named word: String) -> APIResource? {
    let word = word.lowercased()
    return resources.first { resource in
      let names = [resource.plural, resource.singular] + resource.shortNames
      return names.contains { name in
        word == name || !resource.group.isEmpty && word == "\(name).\(resource.group)"
          || resource.isNamed(word, by: name)
      }
    }
  }

  /// The resource of a document's `apiVersion` and `kind`.
  func resource(apiVersion: String, kind: String) -> APIResource? {
    resources.first { $0.kind == kind && $0.serves(apiVersion) }
  }

  /// What every cluster serves and the lab does not model.
  private static let unmodelled: Set<String> = [
    "bindings", "componentstatuses", "cs", "events", "event", "ev", "limitranges", "limits",
    "persistentvolumeclaims", "pvc", "persistentvolumes", "pv", "podtemplates", "replicationcontrollers",
    "rc",
    "resourcequotas", "quota", "secrets", "secret", "serviceaccounts", "serviceaccount", "sa",
    "customresourcedefinitions", "customresourcedefinition", "crd", "crds", "apiservices",
    "controllerrevisions", "statefulsets", "statefulset", "sts", "horizontalpodautoscalers", "hpa",
    "cronjobs",
    "cronjob", "cj", "jobs", "job", "certificatesigningrequests", "csr", "ingresses", "ingress", "ing",
    "ingressclasses", "runtimeclasses", "poddisruptionbudgets", "pdb", "roles", "role", "rolebindings",
    "rolebinding", "clusterroles", "clusterrole", "clusterrolebindings", "clusterrolebinding",
    "priorityclasses", "pc", "storageclasses", "storageclass", "sc", "csidrivers", "csinodes",
    "volumeattachments", "flowschemas", "prioritylevelconfigurations", "mutatingwebhookconfigurations",
    "validatingwebhookconfigurations", "ciliumcidrgroups", "ccg", "ciliumegressgatewaypolicies", "cegp",
    "ciliumendpointslices", "ces", "ciliumenvoyconfigs", "cec", "ciliumclusterwideenvoyconfigs", "ccec",
    "ciliumlocalredirectpolicies", "clrp", "ciliumnodeconfigs", "ciliumpodippools", "cpip",
    "ciliumexternalworkloads", "cew",
  ]
}

extension APIResource {
  /// The word is `NAME.VERSION.GROUP` of a version that is served.
  fileprivate func isNamed(_ word: String, by name: String) -> Bool {
    let (beginning, end) = ("\(name).", ".\(group)")
    guard word.hasPrefix(beginning), word.hasSuffix(end), word.count > beginning.count + end.count else {
      return false
    }
    return serves("\(group)/\(word.dropFirst(beginning.count).dropLast(end.count))")
  }

  /// `pod`, `deployment.apps`: as kubectl names a kind before a slash.
  var kindName: String { group.isEmpty ? kind.lowercased() : "\(kind.lowercased()).\(group)" }
}
