import Console
import NetModel
import PacketTrace

/// Who reaches whom, with what a reader needs to know where it comes from.
package struct ReachReport: Hashable, Sendable {
  package var setting: ReportSetting
  package var reach: Reachability

  package init(setting: ReportSetting, reach: Reachability) {
    self.setting = setting
    self.reach = reach
  }

  /// The pairs as `packetwalk-reach/1`.
  package var json: JSONValue {
    .members([
      "format": "packetwalk-reach/1", "lab": .string(setting.lab), "chapter": .text(setting.chapter),
      "mode": .string(setting.mode.rawValue), "sources": names(reach.sources),
      "destinations": names(reach.destinations), "cells": .array(reach.cells.map(json)),
    ])
  }

  private func names(_ ends: [NamedFlow.End]) -> JSONValue { .array(ends.map { .string($0.shortName) }) }

  private func json(_ cell: Reachability.Cell) -> JSONValue {
    .members([
      "source": .string(reach.sources[cell.source].shortName),
      "destination": .string(reach.destinations[cell.destination].shortName),
      "disposition": .string(cell.outcome.disposition.rawValue), "node": .text(cell.outcome.node),
      "reason": .string(cell.outcome.reason.rawValue),
    ])
  }

  /// A line for each pair behind a line of headings.
  ///
  /// Source: RFC 4180, with line feeds alone.
  package var csv: String {
    let lines = reach.cells.map { cell in
      [
        reach.sources[cell.source].shortName, reach.destinations[cell.destination].shortName,
        cell.outcome.disposition.rawValue, cell.outcome.node.name, cell.outcome.reason.rawValue,
      ]
    }
    let heading = ["source", "destination", "disposition", "node", "reason"]
    return ([heading] + lines).map { $0.map(csvField).joined(separator: ",") + "\n" }.joined()
  }

  private func csvField(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}

extension ReachReport {
  /// A matrix with a sign for each pair, what its columns are, and why pairs fail.
  package func text(_ words: any Phrasebook, _ layout: TextLayout = TextLayout()) -> String {
    var writer = TextWriter(words: words, layout: layout)
    writer.add(
      words.reachTitle(reached: reach.cells.count(where: \.isReached), of: reach.cells.count), .title)
    writer.add(words.setting(setting), .dim)
    writer.addBlank()
    writeMatrix(to: &writer)
    writer.addBlank()
    for (index, end) in reach.destinations.enumerated() {
      writer.add(ReportLine("\(numberText(index))  ", .dim) + ReportLine(visible(end.labelled)))
    }
    for group in failures { write(group, to: &writer) }
    return writer.text
  }

  private func writeMatrix(to writer: inout TextWriter) {
    let margin = 2 + (reach.sources.map { visible($0.shortName).cellWidth }.max() ?? 0)
    let heading = reach.destinations.indices.map(numberText).joined()
    writer.add(ReportLine(String(repeating: " ", count: margin) + heading, .dim))
    for (index, source) in reach.sources.enumerated() {
      let name = ReportLine(visible(source.shortName).padded(columns: margin))
      let marks = reach.cells(ofSource: index).map { cell in
        ReportLine("  \(cell.outcome.disposition.mark)", cell.outcome.disposition.role)
      }
      writer.add(marks.reduce(name, +))
    }
  }

  private func numberText(_ index: Int) -> String {
    let digits = String(index + 1)
    return String(repeating: " ", count: max(1, 3 - digits.count)) + digits
  }

  private typealias Group = (outcome: Outcome, cells: [Reachability.Cell])

  /// The pairs that fail in the same way at the same place, in the order of their first.
  private var failures: [Group] {
    var groups: [Group] = []
    var places: [Outcome: Int] = [:]
    for cell in reach.cells where !cell.isReached {
      if let index = places[cell.outcome] {
        groups[index].cells.append(cell)
      } else {
        places[cell.outcome] = groups.count
        groups.append((cell.outcome, [cell]))
      }
    }
    return groups
  }

  private func write(_ group: Group, to writer: inout TextWriter) {
    writer.addBlank()
    let mark = group.outcome.disposition.mark
    writer.add("\(mark)  \(writer.words.outcome(group.outcome))", group.outcome.disposition.role)
    for cells in group.cells.chunked(by: \.source) {
      let targets = cells.map { visible(reach.destinations[$0.destination].shortName) }
      let source = visible(reach.sources[cells[0].source].shortName)
      writer.add("\(source): \(targets.joined(separator: ", "))", indent: 3)
    }
  }
}

extension [Reachability.Cell] {
  /// The runs of cells that have a property in common.
  fileprivate func chunked(by property: (Element) -> Int) -> [[Element]] {
    var chunks: [[Element]] = []
    for cell in self {
      if let last = chunks.last?.first, property(last) == property(cell) {
        chunks[chunks.count - 1].append(cell)
      } else {
        chunks.append([cell])
      }
    }
    return chunks
  }
}

extension Disposition {
  /// One character that stands for it in a matrix.
  package var mark: Character {
    switch self {
    case .delivered: "+"
    case .exitsNetwork: "E"
    case .noRoute: "N"
    case .nullRouted: "R"
    case .neighborUnreachable: "U"
    case .denied: "D"
    case .dropped: "X"
    case .loop: "L"
    case .undecided: "?"
    }
  }
}

extension NamedFlow.End {
  /// The name, with its namespace where that is not `default`.
  package var shortName: String {
    guard let namespace, namespace != "default" else { return name }
    return "\(namespace)/\(name)"
  }
}
