import NetModel

/// Which backend each slot of a Service's Maglev table holds.
///
/// Source: Cilium `pkg/maglev/maglev.go`.
package struct MaglevTable: Hashable, Sendable {
  /// For each slot the place of its backend among those the table was made of; empty where there were none.
  package let slots: [Int]

  /// What a release sets of the tables.
  package struct Settings: Hashable, Sendable {
    /// How many slots there are; one of `allowedSizes`.
    package var size = 16381
    package var seed = Seed.byDefault

    package static let allowedSizes = [251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521, 131071]

    package init(size: Int = 16381, seed: Seed = .byDefault) {
      self.size = size
      self.seed = seed
    }
  }

  /// The three numbers that 12 bytes in Base64 stand for.
  package struct Seed: Hashable, Sendable {
    package var table: UInt32
    /// Of the hash that chooses a packet's slot.
    package var ipv4: UInt32
    package var ipv6: UInt32

    package init(table: UInt32, ipv4: UInt32, ipv6: UInt32) {
      self.table = table
      self.ipv4 = ipv4
      self.ipv6 = ipv6
    }

    /// The numbers of exactly 12 bytes in Base64 (RFC 4648, section 4), big-endian; `nil` for anything else.
    package init?(base64 text: String) {
      guard text.utf8.count == 16 else { return nil }
      var numbers: [UInt32] = [0, 0, 0]
      for (index, letter) in text.utf8.enumerated() {
        guard let digit = letter.base64Digit else { return nil }
        for bit in 0..<6 {
          let position = index * 6 + bit
          numbers[position / 32] |= (digit >> UInt32(5 - bit) & 1) << UInt32(31 - position % 32)
        }
      }
      self.init(table: numbers[0], ipv4: numbers[1], ipv6: numbers[2])
    }

    /// The chart's default, `JLfvgnHc2kaSUFaI`.
    package static let byDefault = Seed(table: 0x24b7_ef82, ipv4: 0x71dc_da46, ipv6: 0x9250_5688)
  }

  /// The table of backends; the order in which they are given does not matter to who gets which slot.
  package init(of backends: [Frontend], settings: Settings = Settings()) {
    let names = backends.map(\.maglevName)
    let turns = backends.indices.sorted { names[$0] < names[$1] }
    var preferences = turns.map { Preferences(of: names[$0], settings) }
    var slots = [Int](repeating: -1, count: backends.isEmpty ? 0 : settings.size)
    for turn in slots.indices {
      let index = turn % turns.count
      var slot = preferences[index].next()
      while slots[slot] >= 0 { slot = preferences[index].next() }
      slots[slot] = turns[index]
    }
    self.slots = slots
  }

  /// The slots that one backend would like, in order.
  private struct Preferences {
    private var slot: Int
    private let skip: Int
    private let size: Int

    init(of name: [UInt8], _ settings: Settings) {
      let hash = Murmur3(name, seed: settings.seed.table)
      size = settings.size
      slot = Int(hash.high % UInt64(size))
      skip = Int(hash.low % UInt64(size - 1)) + 1
    }

    mutating func next() -> Int {
      defer { slot = (slot + skip) % size }
      return slot
    }
  }
}

extension Frontend {
  /// What a backend is hashed by.
  fileprivate var maglevName: [UInt8] { Array("[\(self),State:active]".utf8) }
}

extension UInt8 {
  fileprivate var base64Digit: UInt32? {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    return alphabet.firstIndex(of: self).map { UInt32(alphabet.distance(from: alphabet.startIndex, to: $0)) }
  }
}

extension [UInt8] {
  fileprivate static func < (left: [UInt8], right: [UInt8]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }
}

/// A connection as Maglev tells it from others.
package struct MaglevTuple: Hashable, Sendable {
  package var client: IPv4Address
  /// 0 where a client keeps its backend whatever port it comes from.
  package var clientPort: UInt16
  package var servicePort: UInt16
  package var `protocol`: UInt8

  package init(client: IPv4Address, clientPort: UInt16, servicePort: UInt16, protocol: UInt8) {
    self.client = client
    self.clientPort = clientPort
    self.servicePort = servicePort
    self.protocol = `protocol`
  }

  /// The number that a slot is taken by; address and ports enter as they lie in the memory of a little-endian
  /// machine.
  ///
  /// Source: Cilium `bpf/lib/hash.h`, `hash_from_tuple_v4`.
  package func hash(seed: MaglevTable.Seed) -> UInt32 {
    jenkinsHash(
      client.rawValue.byteSwapped,
      UInt32(servicePort.byteSwapped) << 16 | UInt32(clientPort.byteSwapped), UInt32(`protocol`),
      seed: seed.ipv4)
  }
}
