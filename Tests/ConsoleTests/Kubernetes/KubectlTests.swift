import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

@Suite("kubectl")
struct KubectlTests {
  private static func lab(_ chapter: String = "webpod") throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: chapter))
  }

  private static let pool = """
    apiVersion: cilium.io/v2
    kind: CiliumLoadBalancerIPPool
    metadata: {name: blue}
    spec: {blocks: [{start: 192.168.10.211, stop: 192.168.10.215}]}
    """

  @Test(
    "What objects are shown and how",
    arguments: [
      (
        "get nodes -o jsonpath={range.items[*]}{.metadata.name}={.spec.podCIDR},{end}",
        "k8s-ctr=10.244.0.0/24,k8s-w0=10.244.2.0/24,k8s-w1=10.244.1.0/24,"
      ),
      (
        "get pod -l app=webpod --field-selector spec.nodeName=k8s-w0 -o name", "pod/webpod-697b545f57-2dg5m\n"
      ),
      ("get deploy/webpod svc/webpod -o name", "deployment.apps/webpod\nservice/webpod\n"),
      ("get CiliumLoadBalancerIPPool -A", "No resources found\n"),
      ("get --raw /healthz", "ok"), ("get --raw=/readyz", "ok"),
      ("get cm", "No resources found in default namespace.\n"),
      ("get pods -A -o name --no-headers -l k8s-app=kube-dns,!x --sort-by=.status.podIP", dnsPods),
      ("get pods -n nosuch -o json", emptyList),
      ("get svc webpod -o custom-columns=N:.metadata.name,P:.spec.ports[*].port,X:.x", customTable),
      ("get svc webpod -o jsonpath={.status}", "{\"loadBalancer\":{}}"),
      ("-n kube-system get ds/cilium --ignore-not-found -oname", "daemonset.apps/cilium\n"),
      ("get pod nosuch --ignore-not-found", ""),
      ("get lease -n kube-system -o name", systemLeases), ("config current-context", "HomeLab\n"),
    ])
  func shown(line: String, output: String) throws {
    var lab = try Self.lab()
    let result = lab.kubectl(line)
    #expect(result.standardOutput + result.standardError == output)
    #expect(result.status == 0)
  }

  private static let systemLeases =
    [
      "apiserver-ugrb4k4bffbhuxhmrc7yxgo76y", "cilium-operator-resource-lock", "kube-controller-manager",
      "kube-scheduler",
    ]
    .map { "lease.coordination.k8s.io/\($0)\n" }.joined()
  private static let dnsPods = "pod/coredns-674b8bbfcf-qnc4f\npod/coredns-674b8bbfcf-zr9kv\n"
  private static let emptyList = """
    {
        "apiVersion": "v1",
        "items": [],
        "kind": "List",
        "metadata": {
            "resourceVersion": ""
        }
    }

    """
  private static let customTable = "N        P     X\nwebpod   80    <none>\n"

  @Test(
    "What is refused, and in which words",
    arguments: [
      ("get pod nosuch", "Error from server (NotFound): pods \"nosuch\" not found\n", 1),
      ("get foo", "error: the server doesn't have a resource type \"foo\"\n", 1),
      ("get secrets", "kubectl: secrets: not modelled here\n", 127),
      ("get pods --foo", "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n", 1),
      ("get pods --kubeconfig x", "kubectl: --kubeconfig: not modelled here\n", 127),
      ("get pods x -l a=b", "error: name cannot be provided when a selector is specified\n", 1),
      ("foo", "error: unknown command \"foo\" for \"kubectl\"\n", 1),
      ("top node", "kubectl: top node: not modelled here\n", 127),
      ("delete pod", "error: resource(s) were provided, but no name was specified\n", 1),
      ("apply", "error: must specify one of -f and -k\n", 1),
      ("apply -f nosuch.yaml", "error: the path \"nosuch.yaml\" does not exist\n", 1),
      ("exec curl-pod -- nosuch", missingProgram, 1),
      (
        "patch svc webpod --type x -p {}",
        "error: --type must be one of [json merge strategic], not \"x\"\n", 1
      ),
      (
        "label pod curl-pod app=x",
        "error: 'app' already has a value (curl), and --overwrite is false\n", 1
      ),
    ])
  func refused(line: String, error: String, status: Int32) throws {
    var lab = try Self.lab()
    #expect(lab.kubectl(line) == CommandResult(standardError: error, status: status))
  }

  private static let missingProgram =
    "error: Internal error occurred: error executing command in container: failed to exec in container: "
    + "failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: "
    + "\"nosuch\": executable file not found in $PATH: unknown\n"

  @Test("A manifest is created, left alone, configured and deleted")
  func applying() throws {
    var lab = try Self.lab()
    let name = "ciliumloadbalancerippool.cilium.io/blue"
    #expect(
      lab.kubectl("apply -f - --dry-run=server", input: Self.pool).standardOutput
        == "\(name) created (server dry run)\n")
    #expect(lab.kubectl("apply -f -", input: Self.pool).standardOutput == "\(name) created\n")
    #expect(lab.kubectl("apply -f -", input: Self.pool).standardOutput == "\(name) unchanged\n")
    let changed = Self.pool.replacing("215", with: "216")
    #expect(lab.kubectl("apply -f -", input: changed).standardOutput == "\(name) configured\n")
    #expect(
      lab.kubectl("get ippool blue -o jsonpath={.spec.blocks[0].stop}").standardOutput == "192.168.10.216")
    #expect(
      lab.kubectl("delete -f -", input: changed).standardOutput
        == "ciliumloadbalancerippool.cilium.io \"blue\" deleted\n")
    #expect(lab.kubectl("get ippool").standardError == "No resources found\n")
  }

  @Test("What a manifest no longer says is taken away")
  func applyingLess() throws {
    var lab = try Self.lab()
    let manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '1', b: '2'}}"
    _ = lab.kubectl("apply -f -", input: manifest)
    _ = lab.kubectl("patch cm c -p", "{\"data\":{\"z\":\"9\"}}")
    let result = lab.kubectl("apply -f -", input: manifest.replacing(", b: '2'", with: ""))
    #expect(result.standardOutput == "configmap/c configured\n")
    #expect(lab.kubectl("get cm c -o jsonpath={.data}").standardOutput == "{\"a\":\"1\",\"z\":\"9\"}")
  }

  @Test("One bad document does not keep the others from being applied")
  func severalDocuments() throws {
    var lab = try Self.lab()
    let result = lab.kubectl("apply -f -", input: Self.pool + "\n---\nkind: Foo\napiVersion: v1\n---\n{}\n")
    #expect(result.standardOutput == "ciliumloadbalancerippool.cilium.io/blue created\n")
    #expect(result.standardError.contains("no matches for kind \"Foo\" in version \"v1\"\n"))
    #expect(result.status == 1)
  }

  @Test("Commands that change objects say what they did")
  func changes() throws {
    var lab = try Self.lab()
    let lines = [
      ("label node k8s-w0 a=b", "node/k8s-w0 labeled\n"),
      ("label node k8s-w0 a=b", "node/k8s-w0 not labeled\n"),
      ("label node k8s-w0 a-", "node/k8s-w0 unlabeled\n"),
      ("annotate svc webpod a=b", "service/webpod annotated\n"),
      ("scale deploy webpod --replicas=1", "deployment.apps/webpod scaled\n"),
      ("rollout restart deploy/webpod", "deployment.apps/webpod restarted\n"),
      ("rollout status deploy/webpod", "deployment \"webpod\" successfully rolled out\n"),
      ("create ns prod", "namespace/prod created\n"),
      ("create deploy web --image=nginx -n prod", "deployment.apps/web created\n"),
      ("expose deploy web --port=80 -n prod", "service/web exposed\n"),
      ("cordon k8s-w0", "node/k8s-w0 cordoned\n"), ("uncordon k8s-w0", "node/k8s-w0 uncordoned\n"),
      ("delete pod curl-pod", "pod \"curl-pod\" deleted\n"),
    ]
    for (line, output) in lines {
      #expect(lab.kubectl(line) == CommandResult(standardOutput: output), "\(line)")
    }
  }

  @Test("A program in a pod meets the pod's own network, and its status is told")
  func exec() throws {
    var lab = try Self.lab()
    let addresses = lab.kubectl("exec -it curl-pod -- ip -4 -br addr show dev eth0")
    #expect(addresses.standardOutput.contains("172.20.0.88/32"))
    let failure = lab.kubectl("exec curl-pod -- ip link show nosuch")
    #expect(failure.standardError.hasSuffix("command terminated with exit code 1\n"))
    #expect(failure.status == 1)
  }

  @Test("A shell's plain commands run in the pod; all else is for the user's own shell")
  func shells() throws {
    var lab = try Self.lab()
    let result = lab.kubectl("exec curl-pod -- sh -c", "hostname; hostname")
    #expect(result.standardOutput == "curl-pod\ncurl-pod\n")
    var output = JobOutput()
    var job = lab.start(
      ["kubectl", "exec", "-it", "curl-pod", "--", "sh", "-c", "while true; do hostname; done"],
      on: .host(NodeID("k8s-ctr")))
    let state = job.resume(.started, in: &lab, output: &output)
    let pod = try #require(lab.stack(named: "curl-pod"))
    #expect(state == .handedOver(ShellRequest(stack: pod, line: "while true; do hostname; done")))
  }

  @Test("An object goes through the user's editor")
  func editing() throws {
    var lab = try Self.lab()
    var output = JobOutput()
    var job = lab.start(["kubectl", "edit", "svc", "webpod"], on: .host(NodeID("k8s-ctr")))
    guard case .waiting(let wait) = job.resume(.started, in: &lab, output: &output),
      let text = wait.forEditing
    else {
      Issue.record("no text to edit")
      return
    }
    #expect(text.hasPrefix("# Please edit the object below."))
    let edited = text.replacing("sessionAffinity: None", with: "sessionAffinity: ClientIP")
    #expect(job.resume(.edited(edited), in: &lab, output: &output) == .ended(status: 0))
    #expect(output.text(of: .standardOutput) == "service/webpod edited\n")
    #expect(lab.kubectl("get svc webpod -o jsonpath={.spec.sessionAffinity}").standardOutput == "ClientIP")
  }

  @Test("A watch shows what is there, then each change, in columns as wide as before")
  func watching() throws {
    var lab = try Self.lab()
    var output = JobOutput()
    var job = lab.start(["kubectl", "get", "pod", "-w", "-l", "app=curl"], on: .host(NodeID("k8s-ctr")))
    #expect(job.resume(.started, in: &lab, output: &output) == .waiting(JobWait(forLabChange: true)))
    _ = lab.kubectl("label pod curl-pod tier=x")
    _ = job.resume(.labChanged, in: &lab, output: &output)
    _ = job.resume(.labChanged, in: &lab, output: &output)
    #expect(job.resume(.interrupted, in: &lab, output: &output) == .ended(status: 130))
    let lines = output.text(of: .standardOutput).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first?.hasPrefix("NAME       READY   STATUS") == true)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("curl-pod   1/1     Running") })
  }

  @Test("The lab's names and addresses come from its file alone")
  func otherNames() throws {
    let folder = try Fixture.labText("cilium-week4.yaml")
    let yaml = folder.replacing("webpod", with: "shop").replacing("172.20.", with: "172.30.")
      .replacing("k8s-w0", with: "edge-7").replacing("10.96.", with: "10.97.")
    let lab = try Lab(yaml: yaml, file: "other.yaml", seed: nil)
    var running = RunningLab(network: try lab.network(chapter: "shop"))
    let pods = running.run(
      ["kubectl", "get", "pod", "-l", "app=shop", "-owide"], on: .host(NodeID("k8s-ctr")))
    #expect(pods.standardOutput.contains("shop-697b545f57-2dg5m   1/1     Running   0"))
    #expect(pods.standardOutput.contains("172.30.2.33    edge-7"))
    let service = running.run(["kubectl", "get", "svc", "shop"], on: .host(NodeID("k8s-ctr")))
    #expect(service.standardOutput.contains("10.97.189.34"))
  }
}
