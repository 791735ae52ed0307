import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

@Suite("Selectors on a command line")
struct SelectorTests {
  private static func document() throws -> JSONValue {
    let yaml =
      "{metadata: {name: p, labels: {app: web, tier: '2', empty: ''}}, spec: {nodeName: n1}, status: {phase: Running}}"
    return try #require(try ManifestDocuments(yaml).values.first)
  }

  @Test(
    "Labels",
    arguments: [
      ("", true), ("app=web", true), ("app==web", true), ("app = web", true), ("app=x", false),
      ("app!=x", true),
      ("nosuch!=x", true), ("app in (x, web)", true), ("app notin (x,y)", true), ("nosuch notin (x)", true),
      ("app notin (web)", false), ("app", true), ("!app", false), ("!nosuch", true), ("tier>1", true),
      ("tier<2", false), ("empty=", true), ("app=web,tier=2", true), ("app=web,tier=3", false),
      ("app in (web),!nosuch,tier", true),
    ])
  func labels(selector: String, matches: Bool) throws {
    #expect(try LabelRequirements(parsing: selector).match(Self.document()) == matches)
  }

  @Test(
    "Selectors that cannot be read",
    arguments: ["=a", "app in web", "app in (web", "app=web tier=2", "tier>x", ","])
  func refusals(selector: String) {
    #expect(throws: SelectorError.self) { try LabelRequirements(parsing: selector) }
  }

  @Test(
    "Fields",
    arguments: [
      ("spec.nodeName=n1", true), ("spec.nodeName!=n1", false), ("status.phase==Running", true),
      ("metadata.name=p,status.phase=Pending", false), ("spec.hostNetwork=false", true),
    ])
  func fields(selector: String, matches: Bool) throws {
    let requirements = try FieldRequirements(parsing: selector)
    #expect(try requirements.match(Self.document()) == matches)
    #expect(requirements.unsupportedField(of: try #require(APIResource.of(kind: "Pod"))) == nil)
  }

  @Test func unknownFieldsAreNamed() throws {
    let requirements = try FieldRequirements(parsing: "spec.image=x")
    #expect(requirements.unsupportedField(of: try #require(APIResource.of(kind: "Pod"))) == "spec.image")
    #expect(throws: SelectorError.self) { try FieldRequirements(parsing: "spec.nodeName") }
  }
}
