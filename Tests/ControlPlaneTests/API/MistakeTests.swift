import ControlPlane
import NetModel
import Testing

/// Mistakes in single fields, in the words of the API server's validation.
///
/// Source: Kubernetes 1.33 `pkg/apis/{core,apps,networking,discovery,coordination}/validation`,
/// `apimachinery/pkg/util/validation`.
@Suite struct MistakeTests {
  private static let label =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with "
    + "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
    + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
  private static let value =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and "
    + "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
    + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
  private static let prefix = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"

  private static func service(_ spec: String) -> String {
    "{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {\(spec)}}"
  }

  private static func pod(_ spec: String) -> String {
    "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {\(spec)}}"
  }

  private static func policy(_ spec: String) -> String {
    "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: x}, spec: {podSelector: {}, \(spec)}}"
  }

  private static func deployment(_ spec: String, labels: String = "app: x") -> String {
    """
    {apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {\(spec), template:
     {metadata: {labels: {\(labels)}}, spec: {containers: [{name: a, image: b}]}}}}
    """
  }

  /// What is sent, and what is said behind `KIND "x" is invalid: `.
  static let mistakes: [(yaml: String, message: String)] = [
    (
      service("ports: [{name: a, port: 80}, {name: a, port: 81}]"),
      "spec.ports[1].name: Duplicate value: \"a\""
    ),
    (
      service("ports: [{port: 80}, {port: 81}]"),
      "[spec.ports[0].name: Required value, spec.ports[1].name: Required value]"
    ),
    (service("ports: [{name: A_b, port: 80}]"), "spec.ports[0].name: Invalid value: \"A_b\": \(label)"),
    (
      service("ports: [{port: 70000}]"),
      "spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive"
    ),
    (
      service("ports: [{port: 80, targetPort: a-name-too-long-by-far}]"),
      "spec.ports[0].targetPort: Invalid value: \"a-name-too-long-by-far\": must be no more than 15 bytes"
    ),
    (
      service("ports: [{port: 80, protocol: HTTP}]"),
      "spec.ports[0].protocol: Unsupported value: \"HTTP\": supported values: \"SCTP\", \"TCP\", \"UDP\""
    ),
    (
      service("ports: [{port: 80, nodePort: 30100}]"),
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"
    ),
    (service("selector: {app: a b}, ports: [{port: 80}]"), "spec.selector: Invalid value: \"a b\": \(value)"),
    (service("type: ExternalName"), "spec.externalName: Required value"),
    (
      service("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.300/24], ports: [{port: 80}]"),
      "spec.LoadBalancerSourceRanges[0]: Invalid value: \"10.0.0.300/24\": \(prefix)"
    ),
    (
      service("loadBalancerSourceRanges: [10.0.0.0/24], ports: [{port: 80}]"),
      "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"
    ),
    (
      pod(
        "containers: [{name: a, image: b, ports: [{containerPort: 80, name: w}, {containerPort: 81, name: w}]}]"
      ),
      "spec.containers[0].ports[1].name: Duplicate value: \"w\""
    ),
    (
      pod("containers: [{name: a, image: b, ports: [{containerPort: 80, name: \"80\"}]}]"),
      "spec.containers[0].ports[0].name: Invalid value: \"80\": must contain at least one letter (a-z)"
    ),
    (
      pod("containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: /x}]}]"),
      "spec.containers[0].volumeMounts[0].name: Not found: \"v\""
    ),
    (
      pod("tolerations: [{key: a, operator: Exists, value: b}], containers: [{name: a, image: b}]"),
      "spec.tolerations[0].operator: Invalid value: {\"Key\":\"a\",\"Operator\":\"Exists\",\"Value\":\"b\",\"Effect\":\"\","
        + "\"TolerationSeconds\":null}: value must be empty when `operator` is 'Exists'"
    ),
    (
      pod("restartPolicy: always, containers: [{name: a, image: b}]"),
      "spec.restartPolicy: Unsupported value: \"always\": supported values: \"Always\", \"OnFailure\", \"Never\""
    ),
    (
      deployment("replicas: -1, selector: {matchLabels: {app: x}}"),
      "spec.replicas: Invalid value: -1: must be greater than or equal to 0"
    ),
    (
      deployment("replicas: 1"),
      "[spec.selector: Required value, spec.template.metadata.labels: Invalid value: {\"app\":\"x\"}: `selector` does not "
        + "match template `labels`]"
    ),
    (
      deployment("selector: {matchExpressions: [{key: app, operator: in, values: [x]}]}"),
      "spec.selector.matchExpressions[0].operator: Invalid value: \"in\": not a valid selector operator"
    ),
    (
      deployment("selector: {matchLabels: {app: x}}", labels: "app: x, b: c d"),
      "spec.template.labels: Invalid value: \"c d\": \(value)"
    ),
    (
      policy("policyTypes: [ingress]"),
      "spec.policyTypes[0]: Unsupported value: \"ingress\": supported values: \"Egress\", \"Ingress\""
    ),
    (
      policy("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0}}]}]"),
      "spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.0.0.0\": \(prefix)"
    ),
    (
      policy("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/24, except: [10.0.1.0/25]}}]}]"),
      "spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"10.0.1.0/25\": must be a strict subset of `cidr`"
    ),
    (
      policy("egress: [{to: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/24}}]}]"),
      "spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer"
    ),
    (policy("ingress: [{from: [{}]}]"), "spec.ingress[0].from[0]: Required value: must specify a peer"),
    (
      "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: x}, spec: {leaseDurationSeconds: 0}}",
      "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"
    ),
    (
      """
      {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: x}, addressType: IPv4,
       endpoints: [{addresses: [1.2.3]}], ports: []}
      """, "endpoints[0].addresses[0]: Invalid value: \"1.2.3\": must be a valid IPv4 address"
    ),
    (
      """
      {apiVersion: cilium.io/v2, kind: CiliumLoadBalancerIPPool, metadata: {name: x},
       spec: {blocks: [{cidr: 10.0.0.0/33}]}}
      """,
      "spec.blocks[0].cidr: Invalid value: \"10.0.0.0/33\": spec.blocks[0].cidr in body must be of type cidr: "
        + "\"10.0.0.0/33\""
    ),
    (
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, labels: {a/b/c: d}}}",
      "metadata.labels: Invalid value: \"a/b/c\": a qualified name must consist of alphanumeric characters, '-', '_' or "
        + "'.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex "
        + "used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and "
        + "'/' (e.g. 'example.com/MyName')"
    ),
  ]

  @Test(arguments: mistakes.indices)
  func aMistakeIsToldInTheServersWords(index: Int) throws {
    var lab = try ObjectLab()
    let (yaml, message) = Self.mistakes[index]
    do {
      try lab.create(yaml)
      Issue.record("it was taken: \(yaml)")
    } catch let error as APIError {
      #expect(error.reason == .invalid)
      #expect(error.message.hasSuffix(" \"x\" is invalid: \(message)"), "\(error.message)")
    }
  }

  @Test func aPolicyMayLeaveOutItsSelector() throws {
    var lab = try ObjectLab()
    try lab.create(
      "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: x}, spec: {ingress: []}}")
    #expect(lab.names("NetworkPolicy", namespace: "default") == ["x"])
  }
}
