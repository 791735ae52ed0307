import ControlPlane
import NetModel
import Testing

@Suite struct DocumentTests {
  private func all(_ lab: ObjectLab) -> [JSONValue] {
    lab.network.apiResources.flatMap { lab.network.apiList($0, namespace: nil, at: lab.now) }
  }

  @Test func everyDocumentIsWhole() throws {
    let lab = try ObjectLab()
    var uids: Set<String> = []
    for document in all(lab) {
      #expect(document == document.sorted)
      for path in [
        ["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "creationTimestamp"],
        ["metadata", "resourceVersion"],
      ] {
        var value: JSONValue? = document
        for name in path { value = value?[name] }
        #expect(value?.text?.isEmpty == false, "\(path) of \(document)")
      }
      let uid = try #require(document.value(at: "metadata", "uid")?.text)
      #expect(uids.insert(uid).inserted)
      #expect(uid.utf8.count == 36)
    }
  }

  /// `null` stands only where the real API server writes it: in templates' creation times.
  @Test func nothingIsNull() throws {
    func nulls(_ value: JSONValue, _ path: String) -> [String] {
      switch value {
      case .null: [path]
      case .object(let members): members.flatMap { nulls($0.value, path + "." + $0.name) }
      case .array(let elements): elements.flatMap { nulls($0, path + "[]") }
      default: []
      }
    }
    for document in all(try ObjectLab()) {
      #expect(nulls(document, "").allSatisfy { $0 == ".spec.template.metadata.creationTimestamp" })
    }
  }

  @Test func aDocumentCanBeSentBack() throws {
    var lab = try ObjectLab()
    for kind in ["Service", "Deployment", "DaemonSet", "Pod", "Node", "Namespace"] {
      for document in lab.network.apiList(ObjectLab.resource(kind), namespace: nil, at: lab.now) {
        let namespace = document.value(at: "metadata", "namespace")?.text ?? ""
        let result = try lab.network.apply(.replace(document, namespace: namespace), at: lab.now)
        #expect(result == document)
      }
    }
  }

  @Test func endpointSlicesAsRecorded() throws {
    let slices = try ObjectLab().network.apiList(
      ObjectLab.resource("EndpointSlice"), namespace: "default", at: .start)
    let webpod = try #require(
      slices.first { $0.value(at: "metadata", "labels", "kubernetes.io/service-name") == "webpod" })
    #expect(webpod.value(at: "metadata", "name") == "webpod-sqw6v")
    #expect(webpod.value(at: "metadata", "labels", "app") == "webpod")
    #expect(
      webpod["endpoints"]?.elements.map { $0["addresses"]?.elements.first?.text }
        == ["172.20.0.121", "172.20.2.33", "172.20.1.108"])
  }

  @Test func podCIDRsAsRecorded() throws {
    let nodes = try ObjectLab().network.apiList(ObjectLab.resource("CiliumNode"), namespace: nil, at: .start)
    #expect(
      nodes.map { $0.value(at: "spec", "ipam", "podCIDRs")?.elements.first?.text }
        == ["172.20.0.0/24", "172.20.2.0/24", "172.20.1.0/24"])
  }

  @Test func anUnreadyPodIsNoBackend() throws {
    var lab = try ObjectLab()
    try lab.patch(
      "Pod", "webpod-697b545f57-t87x7", .merge, "{status: {conditions: [{type: Ready, status: \"False\"}]}}",
      subresource: "status")
    let subset = try lab.get("Endpoints", "webpod")["subsets"]?.elements.first
    #expect(subset?["addresses"]?.elements.count == 2)
    #expect(subset?["notReadyAddresses"]?.elements.map { $0["ip"] } == ["172.20.0.121"])
    let snapshot = lab.network.snapshot()
    let entries = snapshot.agents.flatMap(\.datapath.services).filter { $0.service.name == "webpod" }
    #expect(!entries.isEmpty && entries.allSatisfy { $0.backends.count == 2 })
  }
}
