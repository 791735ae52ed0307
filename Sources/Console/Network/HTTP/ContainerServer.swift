import ControlPlane
import NetModel
import PacketTrace

/// What a container's program answers over HTTP.
struct ContainerServer {
  let pod: PodID
  let container: PodTemplate.Container
  let program: ImageProgram?
  let stack: NetworkStack

  /// The answer to a request that reached the container; `nil` where its program is not modelled.
  func answer(to request: HTTPRequest, from client: Flow.Backend, at now: WallTime) -> HTTPResponse? {
    if let answer = scriptAnswer { return answer }
    guard container.command.isEmpty else { return nil }
    switch program?.serves {
    case .whoami: return whoami(request, from: client, at: now)
    case nil: return nil
    }
  }

  /// Source: traefik/whoami `app.go`.
  private func whoami(_ request: HTTPRequest, from client: Flow.Backend, at now: WallTime) -> HTTPResponse? {
    let path = request.target.prefix { $0 != "?" }
    let body: String
    switch path {
    case "/health": body = ""
    case "/bench": body = "1"
    case "/api", "/data", "/echo", "/upload": return nil
    default: body = whoamiText(request, from: client)
    }
    let length = path == "/bench" ? [HTTPHeader(name: "Connection", value: "keep-alive")] : []
    let type = path == "/health" ? [] : [HTTPHeader(name: "Content-Type", value: "text/plain; charset=utf-8")]
    return HTTPResponse(
      status: 200, reason: "OK",
      headers: length + [
        HTTPHeader(name: "Date", value: now.httpDate),
        HTTPHeader(name: "Content-Length", value: String(body.utf8.count)),
      ] + type, body: Array(body.utf8))
  }

  /// Source: traefik/whoami `app.go`, `whoamiHandler`; Go `net/http`, `Request.Write`; recorded in the lab.
  private func whoamiText(_ request: HTTPRequest, from client: Flow.Backend) -> String {
    let addresses = stack.interfaces.flatMap { interface in
      interface.addresses.map(\.local.address.description)
        + interface.ipv6Addresses.map(\.address.description)
    }
    let first = ["Host", "User-Agent"]
    let host = request.headers.filter { first.contains($0.name) }
    let others = request.headers.filter { !first.contains($0.name) && $0.name != "Content-Length" }
    let tellsLength = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
    let length = tellsLength ? [HTTPHeader(name: "Content-Length", value: String(request.body.count))] : []
    let sorted = HTTPRequest(
      method: request.method, target: request.target,
      headers: host + length + others.sorted { $0.name < $1.name })
    return
      (["Hostname: \(pod.name)"] + addresses.map { "IP: \($0)" }
      + ["RemoteAddr: \(client.address):\(client.port)"]).map { $0 + "\n" }.joined()
      + sorted.lines.map { $0 + "\r\n" }.joined() + String(decoding: request.body, as: UTF8.self)
  }

  /// What a loop of `echo -e TEXT | nc -l` answers, whatever it is asked.
  ///
  /// Source: nc(1) of OpenBSD: with `-q SECONDS` it quits so long after the end of its input.
  private var scriptAnswer: HTTPResponse? {
    let script = (container.command + container.arguments).joined(separator: " ")
    guard script.contains("nc -l"), let text = echoedText(in: script) else { return nil }
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = parts[0].split(separator: "\r\n").map(String.init)
    guard let first = lines.first else { return nil }
    let words = first.split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else { return nil }
    let headers = lines.dropFirst().compactMap(HTTPHeader.init(line:))
    let body = (parts.count == 2 ? String(parts[1]) : "") + "\n"
    return HTTPResponse(
      version: words[0], status: status, reason: words.count == 3 ? words[2] : "", headers: headers,
      body: Array(body.utf8), closes: true, closesAfter: quitDelay(in: script))
  }

  /// The text behind `echo -e`, as the shell and echo make it.
  private func echoedText(in script: String) -> String? {
    guard let echo = script.firstRange(of: "echo -e \"") else { return nil }
    let quoted = script[echo.upperBound...].prefix { $0 != "\"" }
    let expanded = environment.reduce(String(quoted)) { text, variable in
      text.replacing("$" + variable.name, with: variable.value)
    }
    return expanded.replacing("\\r", with: "\r").replacing("\\n", with: "\n").replacing("\\t", with: "\t")
  }

  private func quitDelay(in script: String) -> Duration {
    guard let option = script.firstRange(of: "-q ") else { return .zero }
    return seconds(parsing: String(script[option.upperBound...].prefix { $0.isNumber })) ?? .zero
  }

  /// Longer names first, so that none is taken for the beginning of another.
  private var environment: [PodTemplate.Variable] {
    let own = PodTemplate.Variable(name: "HOSTNAME", value: pod.name)
    let given = container.environment.map { $0.resolved(in: pod) }
    return (given + [own]).sorted { $0.name.count > $1.name.count }
  }
}

extension HTTPHeader {
  fileprivate init?(line: String) {
    let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    self.init(name: parts[0], value: String(parts[1].drop { $0 == " " }))
  }
}

extension RunningLab {
  /// The container that waits on a port of a stack; `nil` where it is none of a pod's.
  func containerServer(on stack: StackID, port: UInt16) -> ContainerServer? {
    guard let cluster = network?.cluster, let own = snapshot.stack(stack) else { return nil }
    let pods = cluster.pods.filter { pod in
      switch stack {
      case .pod(let id): pod.id == id
      case .host(let node): pod.node == node && pod.template.usesHostNetwork
      }
    }
    for pod in pods {
      for container in pod.template.containers {
        let listeners = container.listeners(programs: cluster.programs)
        guard listeners.contains(Listener(transport: .tcp, port: port)) else { continue }
        return ContainerServer(
          pod: pod.id, container: container, program: container.program(among: cluster.programs), stack: own)
      }
    }
    return nil
  }
}
