import ControlPlane
import Importing
import NetModel
import Testing

@Suite struct PatchTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var type: PatchType
    var patch: String
    var path: [String]
    var value: String?
  }

  /// On the Service `two`, whose ports are a (80) and b (81).
  static let cases: [Case] = [
    Case(
      testDescription: "merge replaces lists", type: .merge, patch: "{spec: {ports: [{name: c, port: 82}]}}",
      path: ["spec", "ports"], value: #"["c"]"#),
    Case(
      testDescription: "strategic merges ports by number", type: .strategic,
      patch: "{spec: {ports: [{port: 81, name: z}]}}", path: ["spec", "ports"], value: #"["a","z"]"#),
    Case(
      testDescription: "strategic adds behind", type: .strategic,
      patch: "{spec: {ports: [{port: 82, name: c}]}}", path: ["spec", "ports"], value: #"["a","b","c"]"#),
    Case(
      testDescription: "strategic deletes", type: .strategic,
      patch: "{spec: {ports: [{port: 80, $patch: delete}]}}", path: ["spec", "ports"], value: #"["b"]"#),
    Case(
      testDescription: "strategic replaces when told", type: .strategic,
      patch: "{spec: {ports: [{$patch: replace}, {port: 9, name: k}]}}", path: ["spec", "ports"],
      value: #"["k"]"#),
    Case(
      testDescription: "strategic orders", type: .strategic,
      patch: "{spec: {$setElementOrder/ports: [{port: 81}, {port: 80}]}}", path: ["spec", "ports"],
      value: #"["b","a"]"#),
    Case(
      testDescription: "null takes away", type: .merge, patch: "{metadata: {labels: {app: null}}}",
      path: ["metadata", "labels"], value: nil),
    Case(
      testDescription: "a JSON patch", type: .json,
      patch:
        "[{op: add, path: /metadata/annotations, value: {}}, {op: add, path: /metadata/annotations/a~1b, value: c}]",
      path: ["metadata", "annotations", "a/b"], value: #""c""#),
    Case(
      testDescription: "a JSON patch removes from lists", type: .json,
      patch: "[{op: test, path: /spec/ports/0/name, value: a}, {op: remove, path: /spec/ports/0}]",
      path: ["spec", "ports"], value: #"["b"]"#),
  ]

  private func lab() throws -> ObjectLab {
    var lab = try ObjectLab(chapter: "fresh")
    try lab.create(
      """
      {apiVersion: v1, kind: Service, metadata: {name: two, labels: {app: two}},
       spec: {ports: [{name: a, port: 80}, {name: b, port: 81}]}}
      """)
    return lab
  }

  @Test(arguments: cases)
  func patch(_ example: Case) throws {
    var lab = try lab()
    let result = try lab.patch("Service", "two", example.type, example.patch)
    var value: JSONValue? = result
    for name in example.path { value = value?[name] }
    if example.path == ["spec", "ports"] {
      value = .array((value?.elements ?? []).compactMap { $0["name"] })
    }
    #expect(value?.description == example.value)
  }

  @Test func aPatchThatDoesNotFitChangesNothing() throws {
    var lab = try lab()
    let before = lab.network
    #expect(throws: APIError.self) {
      try lab.patch("Service", "two", .json, "[{op: replace, path: /spec/ports/7/name, value: a}]")
    }
    #expect(lab.network == before)
  }

  @Test func aPatchThatChangesNothingKeepsTheVersion() throws {
    var lab = try lab()
    let before = try lab.get("Service", "two")
    #expect(try lab.patch("Service", "two", "{spec: {type: ClusterIP}}") == before)
  }

  @Test func anOldVersionIsRefused() throws {
    var lab = try lab()
    let old = try lab.get("Service", "two")
    try lab.patch("Service", "two", "{metadata: {labels: {app: three}}}")
    #expect(
      throws: APIError(
        .conflict,
        "Operation cannot be fulfilled on services \"two\": the object has been modified; please apply your changes "
          + "to the latest version and try again", subject: .init(kind: "services", name: "two"))
    ) { _ = try lab.network.apply(.replace(old, namespace: "default"), at: lab.now) }
  }

  @Test func applying() throws {
    var lab = try lab()
    func document(_ yaml: String) throws -> JSONValue {
      try #require(try ManifestDocuments(yaml).values.first).notingItself(namespace: "default")
    }
    let first = try document(
      "{apiVersion: v1, kind: Service, metadata: {name: s, labels: {a: b}}, spec: {ports: [{name: x, port: 1}, {name: q, port: 2}]}}"
    )
    let created = try lab.network.apply(.create(first, namespace: "default"), at: lab.now)
    #expect(
      created.value(at: "metadata", "annotations", JSONValue.lastAppliedKey)
        == .string(
          #"{"apiVersion":"v1","kind":"Service","metadata":{"annotations":{},"labels":{"a":"b"},"name":"s","namespace":"default"},"#
            + #""spec":{"ports":[{"name":"x","port":1},{"name":"q","port":2}]}}"# + "\n"))
    #expect(
      first.applied(to: created, last: first, resource: ObjectLab.resource("Service")).sorted == created)
    try lab.patch("Service", "s", .merge, "{metadata: {labels: {c: d}}}")
    let second = try document(
      "{apiVersion: v1, kind: Service, metadata: {name: s, labels: {e: f}}, spec: {ports: [{name: q, port: 2}]}}"
    )
    let merged = second.applied(
      to: try lab.get("Service", "s"), last: first, resource: ObjectLab.resource("Service"))
    let result = try lab.network.apply(.replace(merged, namespace: "default"), at: lab.now)
    #expect(result.value(at: "metadata", "labels") == .fields(["c": "d", "e": "f"]))
    #expect(result.value(at: "spec", "ports")?.elements.map { $0["name"] } == ["q"])
    #expect(result.value(at: "spec", "clusterIP") == created.value(at: "spec", "clusterIP"))
  }
}
