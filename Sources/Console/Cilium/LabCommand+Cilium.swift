extension LabCommand {
  /// Commands of Cilium and of its chart: `cilium`, `cilium-dbg`, `hubble`, `helm`.
  static let ciliumCommands: [LabCommand] = []
}
