/// The lab files that are compiled into the program.
package enum BundledLabs {
  /// In ascending order.
  package static let names = ["cilium-week4"]

  /// The text of a lab file; `nil` where none has the name.
  package static func yaml(named name: String) -> String? {
    switch name {
    case "cilium-week4": String(decoding: PackageResources.cilium_week4_yaml, as: UTF8.self)
    default: nil
    }
  }
}
