import PacketTrace

// The words of fixes, tables, captures, commands and reachability.
extension InspectorWords {
  private func say(_ english: String, _ korean: String) -> String {
    language == .korean ? korean : english
  }

  // Fixes.

  var lookingForFixes: String { say("Looking for fixes ...", "수정 방법을 찾는 중 ...") }
  var noFix: String { say("No small fix was found.", "작은 수정 방법을 찾지 못했습니다.") }
  var applies: String { say("applies", "적용") }
  var undoes: String { say("undoes", "취소") }

  // Tables.

  /// The cells of the widest mark in front of a row, with a blank behind it.
  var markWidth: Int {
    1 + ([won, lost].map { $0.cellWidth + 1 } + [new, removed].map(\.cellWidth)).reduce(0, max)
  }

  func order(_ order: TableOrder) -> String {
    switch order {
    case .asStored: ""
    case .ascending: say("sorted", "오름차순")
    case .descending: say("sorted down", "내림차순")
    }
  }

  // Comparisons.

  func compared(_ kind: Comparison.Kind) -> String {
    switch kind {
    case .modes: title(.compare)
    case .edit: say("compare: the last edit", "비교: 마지막 변경")
    }
  }
  func time(isAfter: Bool) -> String { isAfter ? say("after", "변경 후") : say("before", "변경 전") }
  var tableChanges: String { say("tables that differ", "달라진 테이블") }
  var sameTables: String { say("No table differs.", "달라진 테이블이 없습니다.") }

  // Reachability.

  var looking: String { say("Walking between all pairs ...", "모든 쌍을 추적하는 중 ...") }
  var pair: String { say("the pair", "고른 쌍") }
  var reachHint: String {
    say("Arrows choose a pair, Enter opens its walk.", "화살표로 쌍을 고르고 Enter로 추적을 엽니다.")
  }

  func reached(_ pair: ReachPair) -> String {
    let counts = [pair.here] + (pair.other.map { [$0.reach] } ?? [])
    return counts.map { "\($0.cells.count(where: \.isReached))/\($0.cells.count)" }.joined(separator: ", ")
  }

  // Captures.

  var framesTitle: String { "tcpdump -nn -i any" }
  var nothingCaptured: String {
    say("No interface has seen a frame yet: go on along the walk.", "아직 지나간 프레임이 없습니다. 다음 단계로 가 보십시오.")
  }
  var noFlows: String {
    say("Hubble has nothing to show yet.", "아직 Hubble에 보이는 이벤트가 없습니다.")
  }

  // Commands and the log.

  var commandHint: String {
    say("Tab completes, Up recalls, Ctrl-C ends, Esc closes", "Tab 완성, 위 이전 명령, Ctrl-C 중단, Esc 닫기")
  }
  var emptyLog: String {
    say(
      "Nothing was done yet. F9 runs a command; what keys change is told here too.",
      "아직 한 일이 없습니다. F9로 명령을 실행합니다. 키로 바꾼 것도 여기 남습니다.")
  }
  func ended(_ status: Int32) -> String { say("[exit status \(status)]", "[종료 상태 \(status)]") }
  func runs(_ line: String) -> String {
    say("running: \(visible(line)) (F9 shows it)", "실행 중: \(visible(line)) (F9로 보기)")
  }

  // Topology.

  var nodePods: String { say("pods", "파드") }
}
