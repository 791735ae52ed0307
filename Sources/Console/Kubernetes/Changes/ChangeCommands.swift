extension Kubectl {
  /// Commands that change objects which are there.
  static let changeCommands: [KubectlCommand] =
    [deleteCommand, patchCommand, scaleCommand, exposeCommand, runCommand, editCommand] + metadataCommands
    + cordonCommands + [drainCommand, taintCommand] + setCommands
}
