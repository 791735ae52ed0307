import Foundation
import NetModel

/// The state of a stack as `ip -j` dumped it.
struct KernelDump: Decodable {
  var addr: [Link]
  var route: [Entry]
  var route_all: [Entry]?
  var rule: [Rule]
  var neigh: [NeighborEntry]?
  var sysctl: [String: Int]?

  struct Link: Decodable {
    var ifindex: Int
    var ifname: String
    var link: String?
    var link_index: Int?
    var link_netnsid: Int?
    var flags: [String]
    var mtu: Int
    var qdisc: String
    var operstate: String
    var group: String
    var txqlen: Int?
    var link_type: String
    var address: String
    var altnames: [String]?
    var addr_info: [Address]
  }

  struct Address: Decodable {
    var local: String
    var address: String?
    var prefixlen: Int
    var metric: Int?
    var broadcast: String?
    var scope: String
    var label: String
    var secondary: Bool?
    var noprefixroute: Bool?
  }

  struct Entry: Decodable {
    var type: String?
    var dst: String
    var nhid: UInt32?
    var tos: String?
    var gateway: String?
    var dev: String?
    var table: String?
    var `protocol`: String?
    var scope: String?
    var prefsrc: String?
    var metric: UInt32?
    var flags: [String]
    var metrics: [[String: Int]]?
    var nexthops: [Hop]?
  }

  struct Hop: Decodable {
    var gateway: String?
    var dev: String?
    var weight: Int
    var flags: [String]
  }

  struct Rule: Decodable {
    var values: [String: Value]

    init(from decoder: any Decoder) throws {
      values = try decoder.singleValueContainer().decode([String: Value].self)
    }

    subscript(key: String) -> String? {
      switch values[key] {
      case .text(let text): text
      case .number(let number): String(number)
      case .null, nil: nil
      }
    }
  }

  enum Value: Decodable {
    case text(String), number(Int), null

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  struct NeighborEntry: Decodable {
    var dst: String
    var dev: String
    var lladdr: String?
    var state: [String]
    var isExternallyLearned: Bool

    private enum Key: String, CodingKey {
      case dst, dev, lladdr, state, extern_learn
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      dst = try container.decode(String.self, forKey: .dst)
      dev = try container.decode(String.self, forKey: .dev)
      lladdr = try container.decodeIfPresent(String.self, forKey: .lladdr)
      state = try container.decode([String].self, forKey: .state)
      isExternallyLearned = container.contains(.extern_learn)
    }
  }
}

/// A dump that does not say what a stack needs.
struct DumpError: Error {
  var value: String
}

func parsed<Value>(_ value: Value?, _ text: String) throws -> Value {
  guard let value else { throw DumpError(value: text) }
  return value
}
