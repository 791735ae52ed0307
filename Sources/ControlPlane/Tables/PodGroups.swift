import NetModel

/// The pods of a namespace by their labels.
struct PodGroups: Sendable {
  private(set) var pods: [Labels: Set<PodID>] = [:]
  private var groups: [Labels.Entry: Set<Labels>] = [:]

  mutating func insert(_ pod: Pod) {
    let labels = pod.template.labels
    if pods[labels] == nil { for entry in labels.entries { groups[entry, default: []].insert(labels) } }
    pods[labels, default: []].insert(pod.id)
  }

  mutating func remove(_ pod: Pod) {
    let labels = pod.template.labels
    pods[labels]?.remove(pod.id)
    guard pods[labels]?.isEmpty == true else { return }
    pods[labels] = nil
    for entry in labels.entries { groups[entry]?.remove(labels) }
  }

  /// The pods that bear all these labels.
  func selected(by selector: Labels) -> [PodID] {
    let candidates = selector.entries.map { groups[$0] ?? [] }.min { $0.count < $1.count }
    return (candidates ?? Set(pods.keys)).filter { $0.satisfy(selector) }.flatMap { pods[$0] ?? [] }
  }
}
