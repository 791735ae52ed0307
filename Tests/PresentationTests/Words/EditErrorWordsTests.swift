import ControlPlane
import Importing
import NetModel
import Testing

@testable import Presentation

@Suite struct EditErrorWordsTests {
  private static func fault(_ problem: LabError.Problem) -> LabError {
    LabError(file: "x.yaml", position: .init(line: 7, column: 22), problem: problem)
  }

  static let faults: [(fault: LabError, english: String, korean: String)] = [
    (
      fault(.unknownKey("wier", similar: "wire", known: [])),
      "x.yaml:7:22: unknown key 'wier'; did you mean 'wire'?",
      "x.yaml:7:22: 'wier' 키는 없습니다. 혹시 'wire' 키인가요?"
    ),
    (
      fault(.unknownKey("colour", similar: nil, known: ["name", "exit"])),
      "x.yaml:7:22: unknown key 'colour'; the keys here are name, exit",
      "x.yaml:7:22: 'colour' 키는 없습니다. 여기에 쓸 수 있는 키: name, exit"
    ),
    (
      fault(.invalidValue("10.1.0.256", expected: .address)),
      "x.yaml:7:22: '10.1.0.256' is not an IPv4 address such as 192.168.10.1",
      "x.yaml:7:22: '10.1.0.256' 값을 읽을 수 없습니다. 필요한 값: 192.168.10.1 같은 IPv4 주소"
    ),
    (
      fault(.unknownName("lam", of: .wire, similar: "lan")),
      "x.yaml:7:22: no wire is named 'lam'; did you mean 'lan'?",
      "x.yaml:7:22: 'lam' 회선 이름이 없습니다. 비슷한 이름: lan"
    ),
    (
      fault(.refused(.invalidGateway(IPv4Address(10, 2, 0, 1)))),
      "x.yaml:7:22: the network refuses this: the gateway 10.2.0.1 is on no link of the host",
      "x.yaml:7:22: 네트워크에 적용할 수 없습니다: 10.2.0.1 게이트웨이는 이 호스트의 어느 링크에도 없습니다"
    ),
    (
      fault(.unknownName("a\u{1b}[2J\n", of: .machine, similar: nil)),
      "x.yaml:7:22: no machine is named 'a^[[2J^J'", "x.yaml:7:22: 'a^[[2J^J' 호스트 이름이 없습니다"
    ),
  ]

  @Test(arguments: faults)
  func sentence(fault: LabError, english: String, korean: String) {
    #expect(English().error(fault) == english)
    #expect(Korean().error(fault) == korean)
  }

  @Test func moreFaultsAreCounted() {
    let errors = LabErrors([EditErrorWordsTests.faults[0].fault, EditErrorWordsTests.faults[1].fault])
    #expect(English().error(errors) == EditErrorWordsTests.faults[0].english + " (and 1 more)")
    #expect(Korean().error(errors) == EditErrorWordsTests.faults[0].korean + " (그 밖에 1건)")
  }

  @Test func agentsThatWouldNotStart() {
    let error = EditError.settings(.conflict(.directRoutesInTunnelMode))
    #expect(English().error(error) == "agents would not start: autoDirectNodeRoutes needs routingMode=native")
    #expect(
      Korean().error(error)
        == "에이전트가 시작하지 못합니다: autoDirectNodeRoutes에는 routingMode=native 설정이 필요합니다")
  }
}
