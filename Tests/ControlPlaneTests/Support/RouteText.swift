import Importing
import NetModel

@testable import ControlPlane

extension Route {
  /// The route as `ip route` prints it in the recorded lab: what its tables use and no more.
  var text: String {
    var words = [
      destination == .all ? "default" : destination.length == 32 ? "\(destination.address)" : "\(destination)"
    ]
    for hop in nextHops {
      if let gateway = hop.gateway { words += ["via", "\(gateway)"] }
      if let interface = hop.interface { words += ["dev", interface] }
    }
    if self.protocol != .boot { words += ["proto", "\(self.protocol)"] }
    if scope != .global { words += ["scope", "\(scope)"] }
    if let preferredSource { words += ["src", "\(preferredSource)"] }
    if metric != 0 { words += ["metric", "\(metric)"] }
    for attribute in metrics { words += [attribute.name, "\(attribute.value)"] }
    return words.joined(separator: " ")
  }
}

/// The recorded lab, read once.
private let recordedLab = Result { try Lab.builtIn("cilium-week4") }

/// The recorded lab in one of its chapters, after further edits.
func week4(_ chapter: String, _ edits: [Edit] = []) throws -> Network {
  var network = try recordedLab.get().network(chapter: chapter)
  for edit in edits { try network.apply(edit, at: .start) }
  return network
}

extension Snapshot {
  /// `ip route` on a machine.
  func mainRoutes(of machine: String) -> [String] {
    stack(.host(NodeID(machine)))?.routes.routes(in: .main).map(\.text) ?? []
  }
}
