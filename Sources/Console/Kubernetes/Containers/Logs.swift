import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/logs/logs.go`.
  static let logsCommand = KubectlCommand(
    "logs",
    flags: [
      Flag("container", "c", .text), Flag("follow", "f", .bool), Flag("tail", nil, .number),
      Flag("since", nil, .text), Flag("timestamps", nil, .bool), Flag("previous", "p", .bool),
      Flag("prefix", nil, .bool), Flag("all-containers", nil, .bool), Flag("selector", "l", .text),
      Flag("since-time", nil, .text), Flag("limit-bytes", nil, .number), Flag("ignore-errors", nil, .bool),
      Flag("max-log-requests", nil, .number), Flag("pod-running-timeout", nil, .text),
      .unmodelled("all-pods", nil, .bool), .unmodelled("insecure-skip-tls-verify-backend", nil, .bool),
    ]
  ) { (call, lab) throws(KubectlError) -> any Job in
    let (choices, notice) = try podsWithLogs(call, lab)
    var notices = notice.map { [$0] } ?? []
    var sources: [LogsJob.Source] = []
    for choice in choices {
      let (containers, notice) = try containersWithLogs(of: choice, call)
      if let notice { notices.append(notice) }
      for container in containers {
        let name = container["name"]?.text ?? ""
        try requireStart(of: name, in: choice.pod)
        try KubeletAccess(choice.pod).check(
          in: &lab, reading: "/containerLogs/\(choice.id.namespace)/\(choice.name)/\(name)")
        if call.flags.isOn("previous") {
          throw .server(
            APIError(
              .badRequest,
              "previous terminated container \"\(name)\" in pod \"\(choice.name)\" not found"))
        }
        guard ContainerLog.lines(of: name, in: choice.pod, lab) != nil else {
          throw .notModelled("logs of \(name) in \(choice.name)")
        }
        sources.append(LogsJob.Source(pod: choice.id, container: name))
      }
    }
    let most = call.flags.number("max-log-requests") ?? 5
    if call.flags.isOn("follow"), sources.count > most {
      throw .client(
        "you are attempting to follow \(sources.count) log streams, but maximum allowed concurrency is \(most), "
          + "use --max-log-requests to increase the limit")
    }
    return LogsJob(sources: sources, options: try LogOptions(call, lab), notices: notices)
  }

  /// The pods of the command line, and what kubectl says where it chose one of several.
  private static func podsWithLogs(
    _ call: KubectlCall, _ lab: RunningLab
  ) throws(KubectlError) -> (pods: [PodChoice], notice: String?) {
    if let word = call.arguments.first {
      if call.flags.contains("selector") {
        throw .client("only a selector (-l) or a POD name is allowed")
      }
      let choice = try PodChoice(word, call, lab, for: .logs)
      let notice = choice.count > 1 ? "Found \(choice.count) pods, using pod/\(choice.name)" : nil
      return ([choice], notice)
    }
    guard call.flags.contains("selector"), let network = lab.network else {
      throw .usage(
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
        command: "logs")
    }
    let arguments = try ResourceArguments(["pods"], names: ResourceNames(network))
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    let pods = found.flatMap(\.documents)
    let nothing = pods.isEmpty ? "No resources found in \(call.namespace) namespace." : nil
    return (pods.map(PodChoice.init), nothing)
  }

  private static func containersWithLogs(
    of choice: PodChoice, _ call: KubectlCall
  ) throws(KubectlError) -> (containers: [JSONValue], notice: String?) {
    if call.flags.isOn("all-containers") {
      return (choice.pod.value(at: "spec", "containers")?.elements ?? [], nil)
    }
    let named = call.arguments.count > 1 ? call.arguments[1] : call.flags.text("container")
    let (container, notice) = try choice.container(named: named)
    return ([container], notice)
  }

  private static func requireStart(of container: String, in pod: JSONValue) throws(KubectlError) {
    guard pod.value(at: "status", "phase")?.text == "Pending" else { return }
    throw .server(
      APIError(
        .badRequest,
        "container \"\(container)\" in pod \"\(pod.objectName)\" is waiting to start: ContainerCreating"))
  }
}

/// Which lines of a log are shown, and how.
struct LogOptions: Sendable {
  var follows = false
  /// The last lines alone; `nil` for all.
  var tail: Int?
  var since: WallTime?
  var showsTimes = false
  var showsSource = false
  /// Bytes of each container's log; `nil` for all.
  var limit: Int?

  /// Lines of each pod where pods were chosen by their labels.
  private static let tailOfSelection = 10

  init(_ call: KubectlCall, _ lab: RunningLab) throws(KubectlError) {
    follows = call.flags.isOn("follow")
    let tail = call.flags.number("tail") ?? (call.flags.contains("selector") ? Self.tailOfSelection : -1)
    self.tail = tail >= 0 ? tail : nil
    showsTimes = call.flags.isOn("timestamps")
    showsSource = call.flags.isOn("prefix")
    limit = call.flags.number("limit-bytes").flatMap { $0 > 0 ? $0 : nil }
    guard let text = call.flags.text("since") ?? call.flags.text("since-time") else { return }
    guard let moment = HubbleTime.moment(text, before: lab.wallTime) else {
      throw .client("invalid argument \(JSONValue.quoted(text)) for \"--since\" flag: time: invalid duration")
    }
    since = moment
  }
}

/// `kubectl logs`: what containers have written, and with `-f` what they go on to write.
struct LogsJob: Job {
  /// One container.
  struct Source: Sendable {
    var pod: PodID
    var container: String
    /// How many of its lines were looked at.
    var position = 0
  }

  private var sources: [Source]
  private let options: LogOptions
  private let notices: [String]

  /// How often a log is looked at that only time makes longer.
  private static let interval = Duration.seconds(1)

  init(sources: [Source], options: LogOptions, notices: [String]) {
    self.sources = sources
    self.options = options
    self.notices = notices
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    if event == .started { output.writeError(notices.map { $0 + "\n" }.joined()) }
    var isAnyLeft = false
    for index in sources.indices {
      guard let lines = lines(of: sources[index], in: lab) else { continue }
      isAnyLeft = true
      let new = lines.dropFirst(sources[index].position)
      sources[index].position = lines.count
      output.write(text(of: event == .started ? selected(new) : new, from: sources[index]))
    }
    guard options.follows, isAnyLeft else { return .ended(status: 0) }
    return .waiting(JobWait(until: lab.now + Self.interval, forLabChange: true))
  }

  /// `nil` once the container is gone.
  private func lines(of source: Source, in lab: RunningLab) -> [ContainerLog.Line]? {
    guard let network = lab.network, let pods = ResourceNames(network).resource(named: "pods"),
      let pod = try? lab.object(pods, namespace: source.pod.namespace, name: source.pod.name)
    else { return nil }
    return ContainerLog.lines(of: source.container, in: pod, lab)
  }

  private func selected(_ lines: ArraySlice<ContainerLog.Line>) -> ArraySlice<ContainerLog.Line> {
    let recent = options.since.map { since in lines.drop { $0.time < since } } ?? lines
    return options.tail.map { recent.suffix($0) } ?? recent
  }

  private func text(of lines: ArraySlice<ContainerLog.Line>, from source: Source) -> String {
    let prefix = options.showsSource ? "[pod/\(source.pod.name)/\(source.container)] " : ""
    let text = lines.map { line in
      let time = options.showsTimes ? HubbleTime.text(line.time, .rfc3339Nano) + " " : ""
      return prefix + time + line.text + "\n"
    }.joined()
    return options.limit.map { String(decoding: text.utf8.prefix($0), as: UTF8.self) } ?? text
  }
}
