import NetModel

extension Cluster {
  /// What MetalLB's webhooks say of an object that a client sends.
  ///
  /// Source: MetalLB `internal/k8s/webhooks/webhookv1beta1`; Kubernetes
  /// `apiserver/pkg/admission/plugin/webhook/errors/statuserror.go`.
  func reviewForMetalLB(_ request: APIRequest) throws(APIError) {
    guard request.resource.group == "metallb.io", let webhook = Self.webhooks[request.resource.kind] else {
      return
    }
    do {
      guard request.id.namespace == MetalLB.namespace else { throw MetalLBFault.foreignNamespace }
      guard request.resource.kind == "IPAddressPool" else { return }
      let sent = StoredObject(
        id: request.id, labels: request.labels, record: ObjectRecord(manifest: request.manifest))
      var pools = documents.filter { $0.id.kind == sent.id.kind && $0.id.namespace == sent.id.namespace }
      let position = pools.firstIndex { $0.id == sent.id }
      if let position { pools[position] = sent } else { pools.append(sent) }
      _ = try readPools(pools)
    } catch {
      throw APIError(.forbidden, "admission webhook \"\(webhook)\" denied the request: \(error)")
    }
  }

  private static let webhooks = [
    "IPAddressPool": "ipaddresspoolvalidationwebhook.metallb.io",
    "L2Advertisement": "l2advertisementvalidationwebhook.metallb.io",
  ]
}
