import NetModel

/// A selector over the labels of identities: all its requirements must hold.
///
/// Source: Cilium `pkg/policy/api/selector.go`.
package struct EndpointSelector: Hashable, Sendable {
  package var requirements: [Requirement]

  package init(_ requirements: [Requirement]) {
    self.requirements = requirements
  }

  package struct Requirement: Hashable, Sendable {
    package var label: IdentityLabel
    package var `operator`: LabelSelector.Operator
    package var values: [String]

    package init(_ label: IdentityLabel, _ operator: LabelSelector.Operator, values: [String] = []) {
      self.label = label
      self.operator = `operator`
      self.values = values
    }
  }

  /// A selector of a Kubernetes object; its keys are those of labels from Kubernetes, behind `prefix`.
  init(kubernetes selector: LabelSelector, prefix: String = "") {
    self.init(
      selector.requirements.map { requirement in
        let label = IdentityLabel(source: IdentityLabel.kubernetesSource, key: prefix + requirement.key)
        return Requirement(label, requirement.operator, values: requirement.values)
      })
  }

  /// A selector of a Cilium object; its keys may name their source.
  init(cilium selector: LabelSelector) {
    self.init(
      selector.requirements.map { requirement in
        Requirement(
          IdentityLabel(selectorKey: requirement.key), requirement.operator, values: requirement.values)
      })
  }

  /// Those that bear a reserved name.
  init(reserved name: String) {
    self.init([Requirement(IdentityLabel(source: IdentityLabel.reservedSource, key: name), .exists)])
  }

  /// The pods of a namespace that this selector selects, whatever namespace it asks for itself.
  func inNamespace(_ namespace: String) -> EndpointSelector {
    let label = IdentityLabel(source: IdentityLabel.kubernetesSource, key: IdentityLabel.namespaceKey)
    let others = requirements.filter { $0.label != label || $0.operator != .in }
    return EndpointSelector(others + [Requirement(label, .in, values: [namespace])])
  }

  /// The pods of all namespaces that this selector selects.
  func inAnyNamespace() -> EndpointSelector {
    let label = IdentityLabel(source: IdentityLabel.kubernetesSource, key: IdentityLabel.namespaceKey)
    return EndpointSelector(requirements + [Requirement(label, .exists)])
  }

  func selects(_ labels: [IdentityLabel]) -> Bool {
    requirements.allSatisfy { $0.holds(for: labels) }
  }
}

extension EndpointSelector.Requirement {
  func holds(for labels: [IdentityLabel]) -> Bool {
    let bearing = labels.filter { $0.hasKey(of: label) }
    switch `operator` {
    case .in: return bearing.contains { values.contains($0.value) }
    case .notIn: return !bearing.contains { values.contains($0.value) }
    case .exists: return !bearing.isEmpty
    case .doesNotExist: return bearing.isEmpty
    }
  }
}
