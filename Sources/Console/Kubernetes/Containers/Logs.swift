import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/logs/logs.go`. The lab records no program's output.
  static let logsCommand = KubectlCommand(
    "logs",
    flags: [
      Flag("container", "c", .text), Flag("follow", "f", .bool), Flag("tail", nil, .number),
      Flag("since", nil, .text), Flag("timestamps", nil, .bool), Flag("previous", "p", .bool),
      Flag("prefix", nil, .bool), Flag("all-containers", nil, .bool), Flag("selector", "l", .text),
      Flag("since-time", nil, .text), Flag("limit-bytes", nil, .number),
    ]
  ) { (call, lab, _) throws(KubectlError) in
    guard let word = call.arguments.first else {
      throw .usage(
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
        command: "logs")
    }
    let choice = try PodChoice(word, call, lab)
    let named = call.arguments.count > 1 ? call.arguments[1] : call.flags.text("container")
    let (container, _) = try choice.container(named: named)
    throw .notModelled("logs of \(container["name"]?.text ?? "") in \(choice.name)")
  }
}
