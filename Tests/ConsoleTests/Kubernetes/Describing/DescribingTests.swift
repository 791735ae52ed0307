import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

@Suite("kubectl describe")
struct DescribingTests {
  /// What kubectl 1.32 printed of one object of `objects.json`.
  struct Recorded: Sendable, CustomStringConvertible {
    var target: String
    var text: String
    var description: String { target }

    static let all: [Recorded] = {
      let text = (try? Fixture.text("kubectl/describe.txt")) ?? ""
      return text.split(separator: "##### ").map { part in
        let target = part.prefix { $0 != "\n" }
        return Recorded(target: String(target), text: String(part.dropFirst(target.count + 1)))
      }
    }()
  }

  private static func objects() throws -> [JSONValue] {
    let file = try ManifestDocuments(Fixture.text("kubectl/objects.json")).values.first
    return file?["objects"]?.elements ?? []
  }

  @Test("Objects are described as the real kubectl did", arguments: Recorded.all)
  func recorded(_ recorded: Recorded) throws {
    let objects = try Self.objects()
    let parts = recorded.target.split(separator: "/").map(String.init)
    let resource = try #require(APIResource.all.first { ($0.shortNames + [$0.singular]).contains(parts[0]) })
    let document = try #require(
      objects.first { $0["kind"]?.text == resource.kind && $0.objectName == parts[1] })
    let now = try #require(WallTime(parsing: "2026-11-24T08:00:00Z"))
    let describing = Describing(wallTime: now, startTime: nil, events: []) { name, namespace in
      let kind = APIResource.all.first { $0.plural == name }?.kind
      return objects.filter {
        $0["kind"]?.text == kind && (namespace == nil || $0.objectNamespace == namespace)
      }
    }
    let ours = describing.text(of: document, resource).split(
      separator: "\n", omittingEmptySubsequences: false)
    let theirs = recorded.text.split(separator: "\n", omittingEmptySubsequences: false)
    for (our, their) in zip(ours, theirs) { #expect(our == their) }
    #expect(ours.count == theirs.count)
  }

  @Test func everyKindIsCompared() {
    #expect(Recorded.all.count >= 16)
  }

  @Test(
    "Names of fields become words",
    arguments: [
      ("allowFirstLastIPs", "Allow First Last I Ps"), ("externalIPs", "External I Ps"), ("uid", "UID"),
      ("apiVersion", "API Version"), ("creationTimestamp", "Creation Timestamp"), ("kind", "Kind"),
      ("alibaba-cloud", "Alibaba - Cloud"), ("ipv4", "ipv4"),
    ])
  func labels(field: String, label: String) {
    #expect(UnstructuredText.label(for: field) == label)
  }

  @Test(
    "Amounts of resources",
    arguments: [
      ("100m", "100m"), ("1", "1"), ("1000m", "1"), ("0.5", "500m"), ("512Mi", "512Mi"), ("1024Mi", "1Gi"),
      ("1k", "1000"), ("", "0"), ("x", "0"),
    ])
  func quantities(text: String, printed: String) {
    #expect(ResourceQuantity(text).text == printed)
    #expect((ResourceQuantity(text) + ResourceQuantity("0")).text == printed)
  }
}
