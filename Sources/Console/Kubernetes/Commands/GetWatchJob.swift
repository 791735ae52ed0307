import ControlPlane
import NetModel

/// `kubectl get -w`: the objects, then each change of one, until it is interrupted.
///
/// Source: kubectl `pkg/cmd/get/get.go` (`watch`).
struct GetWatchJob: Job {
  private let get: Get
  private let resource: APIResource
  private let showsEvents: Bool
  private let beginsSilently: Bool
  /// By namespace and name, as they were last printed.
  private var known: [String: JSONValue] = [:]
  private var printer: TablePrinter?

  init(_ get: Get, call: KubectlCall) throws(KubectlError) {
    guard let resource = get.arguments.targets.first?.resource, !get.arguments.areOfSeveralResources else {
      throw .client("you may only specify a single resource type")
    }
    self.get = get
    self.resource = resource
    showsEvents = call.flags.isOn("output-watch-events")
    beginsSilently = call.flags.isOn("watch-only")
    if showsEvents { throw .notModelled("--output-watch-events") }
  }

  mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    switch event {
    case .interrupted: return .ended(status: 130)
    case .started:
      var errors: [KubectlError] = []
      let documents = get.query.run(on: lab, errors: &errors).flatMap(\.documents)
      guard errors.isEmpty else {
        var answer = KubectlAnswer()
        errors.forEach { answer.fail($0) }
        output.writeError(answer.result.standardError)
        return .ended(status: 1)
      }
      if case .table(let isWide) = get.format {
        printer = TablePrinter(get.tableOptions(isWide: isWide, lab))
      }
      if !beginsSilently { write(documents, to: &output) }
      known = Dictionary(documents.map { ($0.watchKey, $0) }) { $1 }
    case .labChanged, .timePassed: writeChanges(in: lab, to: &output)
    case .input, .inputEnded, .edited: break
    }
    return .waiting(JobWait(forLabChange: true))
  }

  private mutating func writeChanges(in lab: RunningLab, to output: inout JobOutput) {
    var errors: [KubectlError] = []
    let documents = get.query.run(on: lab, errors: &errors).flatMap(\.documents)
    let keys = Set(documents.map(\.watchKey))
    let gone = known.filter { !keys.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value)
    let changed = documents.filter { known[$0.watchKey] != $0 }
    guard !gone.isEmpty || !changed.isEmpty else { return }
    if case .table(let isWide) = get.format {
      printer?.update(context: get.tableOptions(isWide: isWide, lab).context)
    }
    write(gone + changed, to: &output)
    known = Dictionary(documents.map { ($0.watchKey, $0) }) { $1 }
  }

  private mutating func write(_ documents: [JSONValue], to output: inout JobOutput) {
    if var table = printer {
      output.write(table.print(documents, of: resource) + table.flush())
      printer = table
      return
    }
    for document in documents {
      do {
        output.write(try DocumentPrinter.text(of: document, kindName: resource.kindName, as: get.format))
      } catch {
        var answer = KubectlAnswer()
        answer.fail(error)
        output.writeError(answer.result.standardError)
      }
    }
  }
}

extension JSONValue {
  fileprivate var watchKey: String { "\(objectNamespace)/\(objectName)" }
}
