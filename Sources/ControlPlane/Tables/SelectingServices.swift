import NetModel

/// The Services of a namespace by one of the labels that they look for.
struct SelectingServices: Sendable {
  private var services: [Labels.Entry: [ServiceID: Labels]] = [:]

  mutating func insert(_ service: Service) {
    guard let selector = service.selector, let entry = selector.entries.first else { return }
    services[entry, default: [:]][service.id] = selector
  }

  mutating func remove(_ service: Service) {
    guard let entry = service.selector?.entries.first else { return }
    services[entry]?[service.id] = nil
  }

  /// The Services that look for pods with these labels.
  func selecting(_ labels: Labels) -> [ServiceID] {
    labels.entries.flatMap { entry in
      (services[entry] ?? [:]).filter { labels.satisfy($0.value) }.map(\.key)
    }
  }
}
