import ControlPlane
import NetModel
import Testing

@testable import Console

@Suite("kubectl: what administrators do to nodes, templates and contexts")
struct AdministrationTests {
  @Test func drainingMovesPodsAndKeepsDaemons() throws {
    var lab = try RunningLab.week4("tunnel")
    let refused = lab.kubectl("drain k8s-w0")
    #expect(refused.status == 1)
    #expect(refused.standardOutput == "node/k8s-w0 cordoned\n")
    #expect(
      refused.standardError.contains(
        "error: cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): kube-system/cilium-envoy-"
      ))
    let drained = lab.kubectl("drain k8s-w0 --ignore-daemonsets")
    #expect(
      drained.standardOutput == """
        node/k8s-w0 already cordoned
        evicting pod default/webpod-697b545f57-2dg5m
        pod/webpod-697b545f57-2dg5m evicted
        node/k8s-w0 drained

        """)
    #expect(drained.standardError.hasPrefix("Warning: ignoring DaemonSet-managed Pods: "))
    let nodes = lab.kubectl("get pods -l app=webpod -o jsonpath={.items[*].spec.nodeName}").standardOutput
    #expect(nodes.split(separator: " ").count == 3 && !nodes.contains("k8s-w0"))
    let bare = lab.kubectl("drain k8s-ctr --ignore-daemonsets").standardError
    #expect(
      bare.contains(
        "cannot delete Pods that declare no controller (use --force to override): default/curl-pod"))
  }

  @Test func aRolloutIsWaitedForUntilItIsLate() throws {
    var lab = try RunningLab.week4("tunnel")
    _ = lab.kubectl("create deployment q --image=nginx")
    _ = lab.kubectl(
      "patch deployment q -p {\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"a\":\"b\"}}}}}")
    let line = "Waiting for deployment \"q\" rollout to finish: 1 old replicas are pending termination...\n"
    let before = lab.now
    let short = lab.kubectl("rollout status deploy/q --timeout=3s")
    #expect(
      short
        == CommandResult(
          standardOutput: line, standardError: "error: timed out waiting for the condition\n", status: 1))
    #expect(lab.now == before + .seconds(3))
    let long = lab.kubectl("rollout status deploy/q")
    #expect(long.standardOutput == line && long.status == 1)
    #expect(long.standardError == "error: deployment \"q\" exceeded its progress deadline\n")
    #expect(lab.kubectl("rollout status deploy/q --timeout=x").status == 1)
    #expect(lab.kubectl("rollout status ds/cilium -n kube-system").status == 0)
  }

  @Test func aPausedRolloutWaits() throws {
    var lab = try RunningLab.week4("tunnel")
    #expect(lab.kubectl("rollout pause deploy/webpod").standardOutput == "deployment.apps/webpod paused\n")
    _ = lab.kubectl("set image deploy/webpod webpod=traefik/whoami:v1.11")
    let images = "get pods -l app=webpod -o jsonpath={.items[*].spec.containers[0].image}"
    #expect(lab.kubectl(images).standardOutput == "traefik/whoami traefik/whoami traefik/whoami")
    #expect(
      lab.kubectl("rollout status deploy/webpod --watch=false").standardOutput
        == "Waiting for deployment \"webpod\" rollout to finish: 0 out of 3 new replicas have been updated...\n"
    )
    for (line, error) in [
      ("rollout pause deploy/webpod", "deployments.apps \"webpod\" is already paused"),
      (
        "rollout restart deploy/webpod",
        "deployments.apps \"webpod\" can't restart paused deployment (run rollout resume first)"
      ),
      (
        "rollout undo deploy/webpod",
        "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again"
      ),
      ("rollout pause ds/cilium -n kube-system", "daemonsets.apps \"cilium\" pausing is not supported"),
    ] {
      #expect(lab.kubectl(line) == CommandResult(standardError: "error: \(error)\n", status: 1))
    }
    #expect(lab.kubectl("rollout resume deploy/webpod").standardOutput == "deployment.apps/webpod resumed\n")
    #expect(lab.kubectl(images).standardOutput.contains("v1.11"))
    #expect(
      lab.kubectl("rollout resume deploy/webpod").standardError
        == "error: deployments.apps \"webpod\" is not paused\n")
  }

  @Test func deletionsTakeTheGraceThatIsGiven() throws {
    var lab = try RunningLab.week4("tunnel")
    _ = lab.kubectl("create deployment slow --image=busybox --replicas=2 -- sleep 1d")
    var before = lab.now
    #expect(lab.kubectl("delete pod -l app=slow").standardOutput.split(separator: "\n").count == 2)
    #expect(lab.now == before + .seconds(30))
    before = lab.now
    _ = lab.kubectl("delete pod -l app=slow --grace-period=4")
    #expect(lab.now == before + .seconds(4))
    before = lab.now
    #expect(lab.kubectl("delete pod -l app=slow --force").standardOutput.contains("force deleted"))
    #expect(lab.now == before)
    #expect(
      lab.kubectl("delete pod -l app=slow --force --grace-period=5").standardError
        == "error: --force and --grace-period greater than 0 cannot be specified together\n")
  }

  @Test func imagesAndVariablesAreSetInTemplates() throws {
    var lab = try RunningLab.week4("tunnel")
    let image = "get deploy webpod -o jsonpath={.spec.template.spec.containers[0].image}"
    #expect(
      lab.kubectl("set image deploy/webpod webpod=traefik/whoami:v1.11").standardOutput
        == "deployment.apps/webpod image updated\n")
    #expect(lab.kubectl(image).standardOutput == "traefik/whoami:v1.11")
    #expect(
      lab.kubectl("set image deploy/webpod x=nginx")
        == CommandResult(standardError: "error: unable to find container named \"x\"\n", status: 1))
    let before = lab.kubectl("get deploy webpod -o jsonpath={.spec.template}").standardOutput
    #expect(lab.kubectl("set env deploy/webpod A=b").standardOutput == "deployment.apps/webpod env updated\n")
    let env = "get pods -l app=webpod -o jsonpath={.items[0].spec.containers[0].env}"
    #expect(lab.kubectl(env).standardOutput == "[{\"name\":\"A\",\"value\":\"b\"}]")
    _ = lab.kubectl("set env deploy/webpod A-")
    #expect(lab.kubectl("get deploy webpod -o jsonpath={.spec.template}").standardOutput == before)
  }

  @Test func theContextsNamespaceIsTheOneThatIsMeant() throws {
    var lab = try RunningLab.week4()
    #expect(
      lab.kubectl("config set-context --current --namespace=kube-system").standardOutput
        == "Context \"HomeLab\" modified.\n")
    #expect(lab.kubectl("get ds/cilium -o name").standardOutput == "daemonset.apps/cilium\n")
    #expect(
      lab.kubectl("config view -o jsonpath={.contexts[0].context.namespace}").standardOutput == "kube-system")
    #expect(lab.kubectl("-n default get pod curl-pod -o name").standardOutput == "pod/curl-pod\n")
    #expect(
      lab.kubectl("config use-context x").standardError == "error: no context exists with the name: \"x\"\n")
  }

  @Test func aProgramRunsInAPodThatGoesAgain() throws {
    var lab = try RunningLab.week4("tunnel")
    let result = lab.kubectl("run -it --rm x --image=nicolaka/netshoot --restart=Never -- hostname")
    #expect(result == CommandResult(standardOutput: "x\npod \"x\" deleted\n"))
    #expect(lab.kubectl("get pod x").status == 1)
    #expect(lab.kubectl("run -it y --image=nicolaka/netshoot -- bash").status == 127)
  }

  @Test(arguments: [
    ("auth can-i create pods", "yes\n", "", 0), ("auth can-i get nodes -q", "", "", 0),
    ("top node", "", "kubectl: top node: not modelled here\n", 127),
    ("explain lease.spec", "spec <LeaseSpec>", "", 0),
    ("explain pods.spec.containers.image", "FIELD: image <string>", "", 0),
    ("explain svc.nosuch", "", "error: field \"nosuch\" does not exist\n", 1),
    ("explain nosuch", "", "error: the server doesn't have a resource type \"nosuch\"\n", 1),
    ("explain svc --recursive", "    ports\t<[]ServicePort>\n      appProtocol\t<string>\n", "", 0),
    ("port-forward svc/webpod 80", "", "kubectl: port-forward: not modelled here\n", 127),
  ])
  func questions(line: String, output: String, error: String, status: Int32) throws {
    var lab = try RunningLab.week4()
    let result = lab.kubectl(line)
    #expect(output.isEmpty ? result.standardOutput.isEmpty : result.standardOutput.contains(output))
    #expect(result.standardError == error)
    #expect(result.status == status)
  }

  @Test func withoutAServerOfMetricsTopSaysSo() throws {
    var lab = try RunningLab.week4()
    _ = lab.kubectl("-n kube-system delete deploy metrics-server")
    #expect(
      lab.kubectl("top node") == CommandResult(standardError: "error: Metrics API not available\n", status: 1)
    )
  }
}
