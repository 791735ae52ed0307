import NetModel

extension DocumentWriter {
  /// The ConfigMaps that the release and kubeadm made.
  var configMaps: [JSONValue] { [ciliumConfig, kubeadmConfig] }

  private var ciliumConfig: JSONValue {
    let labels = Labels([("app.kubernetes.io/managed-by", "Helm")])
    var document = document(
      DocumentID(kind: "ConfigMap", namespace: "kube-system", name: "cilium-config"), created: firstCreation,
      record: ObjectRecord(), labels: labels,
      metadata: [
        .init(
          "annotations",
          .fields([
            "meta.helm.sh/release-name": "cilium", "meta.helm.sh/release-namespace": "kube-system",
          ]))
      ])
    document["data"] = .object(cluster.ciliumConfig.map { .init($0.key, .string($0.value)) })
    return document.sorted
  }

  /// Source: Kubernetes `cmd/kubeadm/app/apis/kubeadm/v1beta4/types.go`, `Networking`.
  private var kubeadmConfig: JSONValue {
    var document = document(
      DocumentID(kind: "ConfigMap", namespace: "kube-system", name: "kubeadm-config"), created: firstCreation,
      record: ObjectRecord(), labels: Labels())
    let networking = """
      apiVersion: kubeadm.k8s.io/v1beta4
      clusterName: kubernetes
      kind: ClusterConfiguration
      kubernetesVersion: \(cluster.software.kubernetes)
      networking:
        dnsDomain: cluster.local
        serviceSubnet: \(cluster.serviceCIDR)

      """
    document["data"] = .fields(["ClusterConfiguration": .string(networking)])
    return document.sorted
  }

  private var firstCreation: Creation { Creation(instant: .start, order: 0) }
}
