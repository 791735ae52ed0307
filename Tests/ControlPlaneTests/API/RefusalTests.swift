import ControlPlane
import NetModel
import Testing

/// What learners get wrong, in the API server's words.
@Suite struct RefusalTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var reason: APIError.Reason
    var message: String
    var namespace = "default"
  }

  static let cases: [Case] = [
    Case(
      testDescription: "unknown field",
      yaml: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {x: 1, ports: [{port: 80, prt: 1}]}}",
      reason: .badRequest,
      message: "Service in version \"v1\" cannot be handled as a Service: strict decoding error: "
        + "unknown field \"spec.ports[0].prt\", unknown field \"spec.x\""),
    Case(
      testDescription: "unknown field of a custom resource",
      yaml:
        "{apiVersion: cilium.io/v2, kind: CiliumLoadBalancerIPPool, metadata: {name: a}, spec: {cidrs: [{cidr: 10.0.0.0/24}]}}",
      reason: .badRequest,
      message: "CiliumLoadBalancerIPPool in version \"v2\" cannot be handled as a CiliumLoadBalancerIPPool: "
        + "strict decoding error: unknown field \"spec.cidrs\""),
    Case(
      testDescription: "another type",
      yaml: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: http}]}}",
      reason: .badRequest,
      message: "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal string into "
        + "Go struct field ServicePort.spec.ports.port of type int32"),
    Case(
      testDescription: "wrong word",
      yaml:
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: Loadbalancer, ports: [{port: 80}]}}",
      reason: .invalid,
      message: "Service \"a\" is invalid: spec.type: Unsupported value: \"Loadbalancer\": "
        + "supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\""),
    Case(
      testDescription: "wrong word in a custom resource",
      yaml:
        "{apiVersion: cilium.io/v2, kind: CiliumLoadBalancerIPPool, metadata: {name: a}, spec: {allowFirstLastIPs: Never}}",
      reason: .invalid,
      message:
        "CiliumLoadBalancerIPPool.cilium.io \"a\" is invalid: spec.allowFirstLastIPs: Unsupported value: \"Never\": "
        + "supported values: \"Yes\", \"No\""),
    Case(
      testDescription: "name",
      yaml: "{apiVersion: v1, kind: Pod, metadata: {name: Web_1}, spec: {containers: [{name: a, image: b}]}}",
      reason: .invalid,
      message:
        "Pod \"Web_1\" is invalid: metadata.name: Invalid value: \"Web_1\": a lowercase RFC 1123 subdomain must consist "
        + "of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"),
    Case(
      testDescription: "missing fields",
      yaml: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: b}, {image: c}]}}",
      reason: .invalid,
      message:
        "Pod \"a\" is invalid: [spec.containers[0].image: Required value, spec.containers[1].name: Required value]"
    ),
    Case(
      testDescription: "no namespace",
      yaml: "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: b}, spec: {ports: [{port: 80}]}}",
      reason: .notFound, message: "namespaces \"b\" not found", namespace: "b"),
    Case(
      testDescription: "there already",
      yaml: "{apiVersion: v1, kind: Service, metadata: {name: webpod}, spec: {ports: [{port: 80}]}}",
      reason: .alreadyExists, message: "services \"webpod\" already exists"),
    Case(
      testDescription: "node port out of range",
      yaml:
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, nodePort: 80}]}}",
      reason: .invalid,
      message:
        "Service \"a\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. "
        + "The range of valid ports is 30000-32767"),
    Case(
      testDescription: "node port taken",
      yaml:
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30003}]}}",
      reason: .invalid,
      message:
        "Service \"a\" is invalid: spec.ports[0].nodePort: Invalid value: 30003: provided port is already allocated"
    ),
    Case(
      testDescription: "cluster address out of range",
      yaml:
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {clusterIP: 10.97.0.1, ports: [{port: 80}]}}",
      reason: .invalid,
      message:
        "Service \"a\" is invalid: spec.clusterIPs: Invalid value: [\"10.97.0.1\"]: failed to allocate IP 10.97.0.1: "
        + "the provided network does not match the current range"),
    Case(
      testDescription: "labels that the selector does not select",
      yaml: """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}},
         template: {metadata: {labels: {app: b}}, spec: {containers: [{name: a, image: b}]}}}}
        """,
      reason: .invalid,
      message: "Deployment.apps \"a\" is invalid: spec.template.metadata.labels: Invalid value: "
        + "{\"app\":\"b\"}: `selector` does not match template `labels`"),
    Case(
      testDescription: "number out of range",
      yaml: """
        {apiVersion: cilium.io/v2, kind: CiliumBGPClusterConfig, metadata: {name: a},
         spec: {bgpInstances: [{name: i, localASN: 0, peers: [{peerASN: 65000}]}]}}
        """,
      reason: .invalid,
      message:
        "CiliumBGPClusterConfig.cilium.io \"a\" is invalid: [spec.bgpInstances[0].localASN: Invalid value: 0: "
        + "spec.bgpInstances[0].localASN in body should be greater than or equal to 1, "
        + "spec.bgpInstances[0].peers[0].name: Required value]"),
    Case(
      testDescription: "a kind that nobody serves", yaml: "{apiVersion: v1, kind: Frob, metadata: {name: a}}",
      reason: .notFound,
      message: "the server could not find the requested resource"),
  ]

  @Test(arguments: cases)
  func aDocumentIsRefused(_ example: Case) throws {
    var lab = try ObjectLab()
    let before = lab.network
    do {
      try lab.create(example.yaml, namespace: example.namespace)
      Issue.record("it was taken")
    } catch let error as APIError {
      #expect(error.message == example.message)
      #expect(error.reason == example.reason)
    }
    #expect(lab.network == before)
  }
}
