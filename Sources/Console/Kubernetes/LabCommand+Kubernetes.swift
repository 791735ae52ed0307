extension LabCommand {
  /// Commands that speak to the cluster's API server.
  static let kubernetesCommands: [LabCommand] = [
    LabCommand(name: "kubectl", summary: "show and change the cluster's objects") {
      (invocation, lab) -> any Job in Kubectl.start(invocation, in: &lab)
    }
  ]
}
