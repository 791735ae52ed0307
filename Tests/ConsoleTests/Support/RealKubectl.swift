import ControlPlane
import Foundation
import NetModel
import PacketTesting

@testable import Console

/// The machine's own kubectl.
enum RealKubectl {
  static var isInstalled: Bool { ExternalTool("kubectl") != nil }

  /// What it prints of a manifest, to which it adds the annotation `k=v`, without a cluster.
  static func print(_ options: [String], of manifest: String) throws -> String {
    guard let kubectl = ExternalTool("kubectl") else { return "" }
    let arguments = ["annotate", "--local", "-f", "FILE", "k=v"] + options
    return try kubectl.output(of: arguments, reading: Array(manifest.utf8))
  }
}

/// A lab's objects behind a server that the real kubectl reads; it ends with the value.
final class ServedObjects {
  private let server = Process()
  private let folder = FileManager.default.temporaryDirectory.appending(path: "kubectl-\(UUID().uuidString)")
  /// The server ends with it.
  private let lifeline = Pipe()
  private var port = ""

  /// - Parameter lab: Its objects are served as they are now.
  init(of lab: RunningLab) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "objects.json")
    try Data(JSONPrinter.compact(Self.objects(of: lab)).utf8).write(to: file)
    server.executableURL = URL(filePath: "/usr/bin/env")
    server.arguments = ["python3", Fixture.path("kubectl/apiserver.py"), file.path]
    let output = Pipe()
    server.standardInput = lifeline
    server.standardOutput = output
    try server.run()
    port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  deinit {
    try? lifeline.fileHandleForWriting.close()
    server.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// What the real kubectl prints and complains.
  func kubectl(_ arguments: [String]) throws -> (output: String, error: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["TZ=UTC", "HOME=\(folder.path)", "kubectl", "--server=http://127.0.0.1:\(port)"] + arguments
    // Files take any amount, where one of two pipes could fill up while the other is read.
    let files = ["output", "error"].map { folder.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return (texts[0], texts[1], process.terminationStatus)
  }

  private static func objects(of lab: RunningLab) -> JSONValue {
    let network = lab.network
    let resources = network?.apiResources ?? []
    let objects = resources.flatMap { network?.apiList($0, namespace: nil, at: lab.now) ?? [] }
    let all =
      resources
      + ["ResourceQuota", "LimitRange"].map {
        APIResource(kind: $0, plural: $0.lowercased() + "s", singular: $0.lowercased())
      }
    return .fields(["objects": .array(objects), "resources": .array(all.map(description))])
  }

  private static func description(of resource: APIResource) -> JSONValue {
    .fields([
      "categories": .texts(resource.categories), "group": .string(resource.group),
      "kind": .string(resource.kind), "namespaced": .bool(resource.isNamespaced),
      "plural": .string(resource.plural), "shortNames": .texts(resource.shortNames),
      "singular": .string(resource.singular), "version": .string(resource.version),
    ])
  }
}
