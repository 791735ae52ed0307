import ControlPlane
import NetModel
import PacketTrace

extension Korean {
  package func error(_ error: FlowError) -> String {
    switch error {
    case .unknownName(let name, let nearest) where nearest.isEmpty:
      "'\(visible(name))' 이름을 가진 것이 없습니다. 파드, WORKLOAD@NODE, 서비스, 호스트, 주소 중 하나를 적으세요"
    case .unknownName(let name, let nearest):
      "'\(visible(name))' 이름을 가진 것이 없습니다. 비슷한 이름: \(list(nearest))"
    case .ambiguousName(let name, let candidates):
      "'\(visible(name))' 이름이 여럿입니다. 하나를 고르세요: \(list(candidates))"
    case .noPodOnNode(let workload, let node, let nodes):
      "\(visible(node)) 노드에는 '\(visible(workload))' 파드가 없습니다. 있는 노드: \(list(nodes))"
    case .notAPort(let text): "'\(visible(text))' 값은 포트가 아닙니다. 1부터 65535까지의 숫자를 적으세요"
    case .portWithoutTransport(let text):
      "ICMP 메시지에는 포트가 없습니다. ':\(visible(text))' 부분을 빼거나 --proto tcp 또는 udp 옵션을 쓰세요"
    case .noSuchPort(let service, let port, let transport, let frontends):
      "\(visible(service.description)) 서비스에는 \(transport.name) \(port) 포트가 없습니다. 있는 포트: "
        + list(frontends.map { "\($0.port)/\($0.transport.name)" })
    case .noFrontend(let service, let transport):
      "\(visible(service.description)) 서비스에는 요청할 \(transport.map { "\($0.name) " } ?? "")포트가 없습니다"
    case .serviceCannotSend(let service, let pods) where pods.isEmpty:
      "\(visible(service.description)) 서비스는 보내는 쪽이 될 수 없습니다. 파드나 호스트를 적으세요"
    case .serviceCannotSend(let service, let pods):
      "\(visible(service.description)) 서비스는 보내는 쪽이 될 수 없습니다. 그 파드를 적으세요: \(list(pods))"
    case .nobodyBears(let address): "\(address) 주소를 가진 호스트나 파드가 네트워크에 없습니다"
    case .backendWithoutService(let name):
      "--backend \(visible(name)) 옵션은 목적지가 서비스이고 그 포트가 있을 때만 쓸 수 있습니다"
    case .unknownBackend(let name, let backends):
      "서비스에 '\(visible(name))' 백엔드가 없습니다. 있는 백엔드: \(list(backends))"
    }
  }

  package func error(_ error: KeyTokens.Failure) -> String {
    switch error {
    case .unknownToken(let token):
      "'\(visible(token))' 키가 없습니다. 글자 하나, Right, PgDn, Enter, Tab, Esc, F1, C-r, \"텍스트\" 중에서 적으세요"
    case .missingQuote: "키 목록에서 따옴표가 닫히지 않았습니다"
    }
  }

  package func error(_ error: LabChoiceError) -> String {
    switch error {
    case .unreadableLab(let name, let reason, let builtIn):
      "'\(visible(name))' 랩을 읽을 수 없습니다 (\(reason)). 랩 파일이나 내장 랩을 적으세요: \(list(builtIn))"
    case .unknownChapter(let name, let known):
      "랩에 '\(visible(name))' 챕터가 없습니다. 있는 챕터: \(list(known))"
    }
  }

  package func shellBanner(host: String) -> String {
    "\(visible(host)) 호스트의 셸입니다. 랩의 명령은 랩에만 작용합니다. exit로 나갑니다."
  }

  package func notThereYet(_ command: String) -> String { "'\(command)' 명령은 아직 없습니다" }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "없음" : names.map { visible($0) }.joined(separator: ", ")
  }
}
