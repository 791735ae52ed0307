import Foundation
import NetModel
import Testing

@testable import Importing

/// Route lookups that a real kernel (Linux 6.18) answered: tables as `ip` printed them, and questions with
/// their answers.
struct KernelVector {
  let id: String
  let stack: NetworkStack
  let findings: [ImportFinding]
  let queries: [Query]

  struct Query {
    let query: RouteQuery
    let command: String
    /// The error's name where there is no answer.
    let errno: String?
    let type: String
    let device: String?
    let gateway: String?
    let source: String?
    /// `nil` for main and local, which are not told apart.
    let table: String?
    let metrics: [String: Int]
    let redirects: Bool
    let nextHops: [[String: Any]]
    let dependsOnHistory: Bool
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/kernel-vectors").standardizedFileURL

  static func load(_ file: String, asText: Bool = false) throws -> [KernelVector] {
    let data = try Data(contentsOf: folder.appending(path: file))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let vectors = try #require(root["vectors"] as? [[String: Any]])
    return try vectors.map { try KernelVector($0, asText: asText) }
  }

  private init(_ vector: [String: Any], asText: Bool) throws {
    id = try #require(vector["id"] as? String)
    let texts = try #require(vector["text"] as? [String: String])
    var files: [String: String] = [:]
    for name in ["addr", "route", "rule", "neigh", "sysctl"] {
      if asText, let text = texts[name] {
        files["hosts/\(id)/\(name).txt"] = text
      } else if let value = vector[name] {
        let data = try JSONSerialization.data(withJSONObject: value)
        files["hosts/\(id)/\(name).json"] = String(decoding: data, as: UTF8.self)
      }
    }
    let hosts = HostsImport(files: files)
    stack = try #require(hosts.stacks.first)
    findings = hosts.findings
    queries = try #require(vector["queries"] as? [[String: Any]]).map(Query.init)
  }
}

extension KernelVector.Query {
  init(_ entry: [String: Any]) throws {
    command = try #require(entry["cmd"] as? String)
    query = try RouteQuery(try #require(entry["q"] as? [String: Any]))
    errno = entry["errno"] as? String
    let answer = entry["answer"] as? [String: Any] ?? [:]
    let match = entry["match"] as? [String: Any] ?? [:]
    type = answer["type"] as? String ?? "unicast"
    device = answer["dev"] as? String
    gateway = answer["gateway"] as? String
    source = answer["prefsrc"] as? String
    let name = answer["table"] as? String
    table = name == "local" || name == "main" ? nil : name
    metrics = (answer["metrics"] as? [[String: Int]])?.first ?? [:]
    redirects = (answer["cache"] as? [String])?.contains("redirect") == true && query.inputInterface != nil
    nextHops = entry["multipath"] as? Bool == true ? match["nexthops"] as? [[String: Any]] ?? [] : []
    dependsOnHistory = entry["history"] as? Bool == true
  }
}

extension RouteQuery {
  fileprivate init(_ fields: [String: Any]) throws {
    func address(_ name: String) -> IPv4Address? {
      (fields[name] as? String).flatMap { IPv4Address(parsing: $0) }
    }
    func number(_ name: String) -> Int { fields[name] as? Int ?? 0 }
    let protocols: [String: UInt8] = ["icmp": 1, "tcp": 6, "udp": 17]
    self.init(
      destination: try #require(address("dst")), source: address("from"),
      inputInterface: fields["iif"] as? String, outputInterface: fields["oif"] as? String,
      mark: UInt32(number("mark")), tos: UInt8(number("tos")),
      ipProtocol: (fields["ipproto"] as? String).flatMap { protocols[$0] }
        ?? UInt8(max(number("ipproto"), 17)),
      sourcePort: UInt16(number("sport")), destinationPort: UInt16(number("dport")))
  }
}
