import Foundation
import Importing
import NetModel
import Testing

/// A stack as it was dumped by `ip`: JSON by the dump's name, and the same as text.
struct RecordedStack {
  private let record: [String: Any]

  init(_ record: [String: Any]) {
    self.record = record
  }

  /// The stack as the importer reads it.
  func stack(from form: Form = .json) throws -> NetworkStack {
    var files: [String: String] = [:]
    for name in ["addr", "route", "rule", "neigh", "sysctl"] {
      if form == .text, let text = text(name) {
        files["hosts/host/\(name).txt"] = text
      } else if let value = record["\(name)_all"] ?? record[name] {
        let data = try JSONSerialization.data(withJSONObject: value)
        files["hosts/host/\(name).json"] = String(decoding: data, as: UTF8.self)
      }
    }
    return try #require(HostsImport(files: files).stacks.first)
  }

  enum Form: CaseIterable {
    case json, text
  }

  /// The listing of that name as text, with the number of the other namespace for its name, which no stack
  /// keeps.
  func text(_ name: String) -> String? {
    let texts = record["text"] as? [String: String]
    return (texts?["\(name)_all"] ?? texts?[name])?.replacing(#/link-netns \S+/#, with: "link-netnsid 0")
  }

  /// The listing as it must come out again: the JSON does not tell which metrics are locked.
  func expectedText(_ name: String, from form: Form) throws -> String {
    let text = try #require(self.text(name))
    return form == .json ? text.replacing(" lock ", with: " ") : text
  }
}
