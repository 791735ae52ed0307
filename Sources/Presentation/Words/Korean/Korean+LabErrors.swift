import ControlPlane
import Importing

extension Korean {
  /// The first fault on one line, and how many more there are.
  package func error(_ error: LabErrors) -> String {
    let others = error.errors.count - 1
    return self.error(error.errors[0]) + (others > 0 ? " (그 밖에 \(others)건)" : "")
  }

  /// `FILE:LINE:COLUMN: ` and the fault, on one line.
  package func error(_ error: LabError) -> String {
    let place = error.position.map { ":\($0.line):\($0.column)" } ?? ""
    return "\(visible(error.file))\(place): \(sentence(error.problem))"
  }

  private func sentence(_ problem: LabError.Problem) -> String {
    switch problem {
    case .notYAML(let message): "YAML 형식이 아닙니다: \(visible(message))"
    case .unreadable(let reason): "바탕이 되는 실습을 읽을 수 없습니다: \(visible(reason))"
    case .missingKey(let key): "'\(key)' 키가 없습니다"
    case .unknownKey(let key, let similar?, _): "'\(visible(key))' 키는 없습니다. 혹시 '\(similar)' 키인가요?"
    case .unknownKey(let key, nil, let known):
      "'\(visible(key))' 키는 없습니다. 여기에 쓸 수 있는 키: \(known.joined(separator: ", "))"
    case .invalidValue(let value, let expected):
      "'\(visible(value))' 값을 읽을 수 없습니다. 필요한 값: \(phrase(expected))"
    case .unknownName(let name, let subject, let similar):
      "'\(visible(name))' \(noun(subject)) 이름이 없습니다"
        + (similar.map { ". 비슷한 이름: \(visible($0))" } ?? "")
    case .duplicateName(let name, let subject): "'\(visible(name))' \(noun(subject)) 이름이 두 번 나옵니다"
    case .conflictingKeys(let one, let other): "'\(visible(one))' 키와 '\(visible(other))' 키는 함께 쓸 수 없습니다"
    case .refused(let error): "네트워크에 적용할 수 없습니다: \(self.error(error))"
    }
  }

  private func phrase(_ expected: LabError.Expected) -> String {
    switch expected {
    case .mapping: "매핑 (키: 값)"
    case .list: "목록"
    case .text: "글자"
    case .boolean: "true 또는 false"
    case .number(let range): "\(range.lowerBound)부터 \(range.upperBound)까지의 숫자"
    case .address: "192.168.10.1 같은 IPv4 주소"
    case .prefix: "192.168.10.0/24 같은 IPv4 대역 (길이 뒤의 비트는 0)"
    case .interfaceAddress: "192.168.10.1/24 같은, 길이가 붙은 IPv4 주소"
    case .mac: "\"08:00:27:64:bf:57\" 같은, 따옴표로 묶은 MAC 주소"
    case .namespacedName: "default/webpod 같은, 네임스페이스가 붙은 이름"
    case .word(let words): "\(words.joined(separator: ", ")) 중 하나"
    case .cidr: "10.0.0.0/8 같은 주소 대역"
    case .part(let prefix): "\(prefix) 대역에 포함되는 대역"
    case .portOrName: "0부터 65535까지의 포트 또는 컨테이너 포트의 이름"
    case .icmpType: "0부터 255까지의 ICMP 타입 또는 EchoRequest 같은 이름"
    }
  }

  private func noun(_ subject: LabError.Subject) -> String {
    switch subject {
    case .wire: "회선"
    case .machine: "호스트"
    case .interface: "인터페이스"
    case .chapter: "챕터"
    case .lab: "랩"
    case .service: "서비스"
    }
  }
}
