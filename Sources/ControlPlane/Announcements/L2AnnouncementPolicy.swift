import NetModel

/// A CiliumL2AnnouncementPolicy: which nodes answer ARP for the addresses of which Services, and on which devices.
///
/// Source: Cilium `pkg/k8s/apis/cilium.io/v2alpha1/l2announcement_types.go`.
package struct L2AnnouncementPolicy: Hashable, Sendable {
  package var name: String
  /// The nodes that take part; `nil` for all.
  package var nodeSelector: LabelSelector?
  /// The Services that are announced; `nil` for all.
  package var serviceSelector: LabelSelector?
  /// Regular expressions for names of devices; none for every device.
  package var interfaces: [String]
  /// Announce `spec.externalIPs`.
  package var externalIPs: Bool
  /// Announce the addresses that a load balancer gave.
  package var loadBalancerIPs: Bool
  /// Rises with every change of what is wanted.
  package var generation: Int
  package var conditions: [Condition]

  package init(
    name: String, nodeSelector: LabelSelector? = nil, serviceSelector: LabelSelector? = nil,
    interfaces: [String] = [], externalIPs: Bool = false, loadBalancerIPs: Bool = false,
    generation: Int = 1, conditions: [Condition] = []
  ) {
    self.name = name
    self.nodeSelector = nodeSelector
    self.serviceSelector = serviceSelector
    self.interfaces = interfaces
    self.externalIPs = externalIPs
    self.loadBalancerIPs = loadBalancerIPs
    self.generation = generation
    self.conditions = conditions
  }

  /// True where the policy is about nodes with these labels.
  func selects(node labels: Labels) -> Bool {
    guard let nodeSelector else { return true }
    return nodeSelector.fault == nil && nodeSelector.selects(labels)
  }

  /// Its expressions; `nil` where one cannot be read: then the policy announces nothing.
  var patterns: [InterfacePattern]? {
    do {
      return try interfaces.map { text throws(PatternError) in try InterfacePattern(text) }
    } catch {
      return nil
    }
  }

  /// The addresses of a Service that the policy announces, in ascending order.
  ///
  /// Source: Cilium `pkg/l2announcer/l2announcer.go`, `svcAndMetaLabels`, `processSvcEvent`.
  func addresses(of service: ServiceView) -> [IPAddress] {
    guard service.loadBalancerClass == nil || service.loadBalancerClass == Self.loadBalancerClass else {
      return []
    }
    if let serviceSelector {
      guard serviceSelector.fault == nil,
        serviceSelector.selects(selectableLabels(of: service.id, service.labels))
      else { return [] }
    }
    let external = externalIPs ? service.externalIPs : []
    let balanced = loadBalancerIPs ? service.ingress.compactMap { IPAddress(parsing: $0.ip) } : []
    return Set(external + balanced).sorted()
  }

  /// The class of Services that are announced by L2 announcements alone.
  package static let loadBalancerClass = "io.cilium/l2-announcer"
}

extension L2AnnouncementPolicy {
  /// What nodes write into its status: nothing, unless something is wrong or was.
  ///
  /// A node that the policy is not about stops behind the node selector; here some node is.
  /// Source: Cilium `pkg/l2announcer/l2announcer.go`, `updatePolicyStatus`.
  func reported(selectsSomeNode: Bool, at instant: Instant) -> [Condition] {
    var reported = conditions
    func report(_ type: String, _ text: String?) {
      guard text != nil || reported[type] != nil else { return }
      _ = reported.set(
        Condition(
          type: type, status: text == nil ? .false : .true, observedGeneration: generation,
          lastTransition: instant, reason: "error", message: text ?? ""))
    }
    report("io.cilium/bad-node-selector", nodeSelector?.fault?.description)
    guard nodeSelector?.fault == nil, selectsSomeNode else { return reported }
    report("io.cilium/bad-interface-regex", patternFault)
    guard patternFault == nil else { return reported }
    report("io.cilium/bad-service-selector", serviceSelector?.fault?.description)
    return reported
  }

  private var patternFault: String? {
    for text in interfaces {
      do { _ = try InterfacePattern(text) } catch { return error.description }
    }
    return nil
  }
}

extension LabelSelector.Fault: CustomStringConvertible {
  /// Source: Kubernetes `apimachinery/pkg/labels/selector.go`, `NewRequirement`.
  package var description: String {
    switch self {
    case .missingValues:
      "values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty"
    case .surplusValues(let values):
      "values: Invalid value: []string{" + values.map { "\"\($0)\"" }.joined(separator: ", ")
        + "}: values set must be empty for exists and does not exist"
    }
  }
}
