import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/config`; kubeadm names cluster, user and context.
  static let configCommands: [KubectlCommand] = [
    KubectlCommand("config current-context") { (_, lab, answer) throws(KubectlError) in
      answer.output += contextName(lab) + "\n"
    },
    KubectlCommand(
      "config get-contexts", flags: [Flag("no-headers", nil, .bool), Flag("output", "o", .text)]
    ) {
      (call, lab, answer) throws(KubectlError) in
      if call.flags.text("output") == "name" {
        answer.output += contextName(lab) + "\n"
        return
      }
      let headers =
        call.flags.isOn("no-headers") ? [] : [["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"]]
      var writer = TabWriter.kubectl
      answer.output += writer.format(
        rows: headers + [["*", contextName(lab), clusterName, userName, lab.contextNamespace ?? ""]])
    },
    KubectlCommand(
      "config set-context", flags: [Flag("current", nil, .bool), Flag("namespace", "n", .text)]
    ) { (call, lab, answer) throws(KubectlError) in
      let name = call.arguments.first ?? contextName(lab)
      guard call.flags.isOn("current") || !call.arguments.isEmpty else {
        throw .client("you must specify a non-empty context name or --current")
      }
      guard name == contextName(lab) else { throw .notModelled("config set-context \(name)") }
      if let namespace = call.flags.text("namespace") {
        lab.contextNamespace = namespace.isEmpty ? nil : namespace
      }
      answer.output += "Context \"\(name)\" modified.\n"
    },
    KubectlCommand("config use-context") { (call, lab, answer) throws(KubectlError) in
      let name = call.arguments.first ?? ""
      guard name == contextName(lab) else {
        throw .client("no context exists with the name: \(JSONValue.quoted(name))")
      }
      answer.output += "Switched to context \"\(name)\".\n"
    },
    KubectlCommand("config get-clusters") { (_, _, answer) throws(KubectlError) in
      answer.output += "NAME\n\(clusterName)\n"
    },
    KubectlCommand("config get-users") { (_, _, answer) throws(KubectlError) in
      answer.output += "NAME\n\(userName)\n"
    },
    KubectlCommand(
      "config view",
      flags: printFlags + [
        Flag("minify", nil, .bool), .unmodelled("raw", nil, .bool), .unmodelled("flatten", nil, .bool),
      ]
    ) { (call, lab, answer) throws(KubectlError) in
      let format = try OutputFormat(
        call.flags.text("output") ?? "yaml", template: nil, tables: false, input: call.invocation.input)
      answer.output += try DocumentPrinter.text(
        of: kubeconfig(lab), kindName: "config", as: format)
    },
  ]

  private static let clusterName = "kubernetes"
  private static let userName = "kubernetes-admin"

  private static func contextName(_ lab: RunningLab) -> String { lab.network?.cluster?.contextName ?? "" }

  private static func kubeconfig(_ lab: RunningLab) -> JSONValue {
    let (server, contextName) = (ClusterAccess(lab).server, contextName(lab))
    let cluster = JSONValue.fields(["certificate-authority-data": "DATA+OMITTED", "server": .string(server)])
    let context = JSONValue.fields([
      "cluster": .string(clusterName), "namespace": lab.contextNamespace.map { .string($0) },
      "user": .string(userName),
    ])
    let user = JSONValue.fields([
      "client-certificate-data": "DATA+OMITTED", "client-key-data": "DATA+OMITTED",
    ])
    return .fields([
      "apiVersion": "v1",
      "clusters": .array([.fields(["cluster": cluster, "name": .string(clusterName)])]),
      "contexts": .array([.fields(["context": context, "name": .string(contextName)])]),
      "current-context": .string(contextName), "kind": "Config", "preferences": .object([]),
      "users": .array([.fields(["name": .string(userName), "user": user])]),
    ])
  }
}
