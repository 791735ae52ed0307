extension LabCommand {
  /// Commands that speak to the cluster's API server.
  static let kubernetesCommands: [LabCommand] = []
}
