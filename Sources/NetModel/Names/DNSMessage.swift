/// A DNS message with one question, and answers that consist of addresses and names.
///
/// Source: RFC 1035, section 4.
package struct DNSMessage: Hashable, Sendable {
  package var identification: UInt16
  package var isAnswer: Bool
  /// The server answers for the zone itself.
  package var isAuthoritative: Bool
  package var code: Code
  package var question: Question
  package var answers: [Record]
  package var authorities: [Record]

  package init(
    identification: UInt16, isAnswer: Bool = false, isAuthoritative: Bool = false, code: Code = .noError,
    question: Question, answers: [Record] = [], authorities: [Record] = []
  ) {
    self.identification = identification
    self.isAnswer = isAnswer
    self.isAuthoritative = isAuthoritative
    self.code = code
    self.question = question
    self.answers = answers
    self.authorities = authorities
  }

  package struct Question: Hashable, Sendable {
    /// Without the dot at its end.
    package var name: String
    package var type: RecordType

    package init(name: String, type: RecordType) {
      self.name = name
      self.type = type
    }
  }

  /// Source: IANA, DNS Parameters, Resource Record TYPEs.
  package enum RecordType: UInt16, Hashable, Sendable, CaseIterable {
    case a = 1
    case cname = 5
    case soa = 6
    case ptr = 12
    case aaaa = 28

    /// The mnemonic in zones and questions.
    package var name: String {
      switch self {
      case .a: "A"
      case .cname: "CNAME"
      case .soa: "SOA"
      case .ptr: "PTR"
      case .aaaa: "AAAA"
      }
    }
  }

  /// Source: IANA, DNS Parameters, DNS RCODEs.
  package enum Code: UInt8, Hashable, Sendable, CaseIterable {
    case noError = 0
    case formatError = 1
    case serverFailure = 2
    case noSuchName = 3
    case refused = 5
  }

  package struct Record: Hashable, Sendable {
    /// Without the dot at its end.
    package var name: String
    /// Seconds that the answer may be kept.
    package var ttl: UInt32
    package var data: RecordData

    package init(name: String, ttl: UInt32, data: RecordData) {
      self.name = name
      self.ttl = ttl
      self.data = data
    }
  }

  package enum RecordData: Hashable, Sendable {
    case address(IPv4Address)
    case pointer(String)
    case canonicalName(String)
    case startOfAuthority(StartOfAuthority)

    package var type: RecordType {
      switch self {
      case .address: .a
      case .pointer: .ptr
      case .canonicalName: .cname
      case .startOfAuthority: .soa
      }
    }
  }

  /// A zone's own description: its server, its administrator, its serial number and its intervals in seconds.
  package struct StartOfAuthority: Hashable, Sendable {
    package var server: String
    package var administrator: String
    package var serial: UInt32
    package var intervals: [UInt32]

    package init(server: String, administrator: String, serial: UInt32, intervals: [UInt32]) {
      self.server = server
      self.administrator = administrator
      self.serial = serial
      self.intervals = intervals
    }
  }
}

extension DNSMessage {
  /// The message as it stands behind a UDP header; names are written out, not compressed.
  package var bytes: [UInt8] {
    let wishesRecursion: UInt16 = 0x0100
    var flags = wishesRecursion | UInt16(code.rawValue)
    if isAnswer { flags |= 0x8000 }
    if isAuthoritative { flags |= 0x0400 }
    let counts = [1, UInt16(answers.count), UInt16(authorities.count), 0]
    let header = ([identification, flags] + counts).flatMap(\.networkBytes)
    let asked =
      DNSMessage.bytes(of: question.name) + question.type.rawValue.networkBytes + UInt16(1).networkBytes
    return header + asked + (answers + authorities).flatMap(\.bytes)
  }

  fileprivate static func bytes(of name: String) -> [UInt8] {
    name.split(separator: ".").flatMap { label in [UInt8(clamping: label.utf8.count)] + Array(label.utf8) }
      + [0]
  }

  /// Reads a message; `nil` where the bytes are none, or hold what is not modelled.
  package init?(bytes: [UInt8]) {
    var reader = DNSReader(bytes)
    guard let header = reader.numbers(6), header[2] == 1, header[4] <= 16, header[3] <= 64, header[5] == 0,
      let code = Code(rawValue: UInt8(header[1] & 0xf)), let name = reader.name(),
      let kind = reader.number(), reader.number() == 1, let type = RecordType(rawValue: kind)
    else { return nil }
    var records: [Record] = []
    for _ in 0..<header[3] + header[4] {
      guard let record = reader.record() else { return nil }
      records.append(record)
    }
    self.init(
      identification: header[0], isAnswer: header[1] & 0x8000 != 0, isAuthoritative: header[1] & 0x0400 != 0,
      code: code, question: Question(name: name, type: type), answers: Array(records.prefix(Int(header[3]))),
      authorities: Array(records.dropFirst(Int(header[3]))))
  }
}

extension DNSMessage.Record {
  fileprivate var bytes: [UInt8] {
    let content = data.bytes
    return DNSMessage.bytes(of: name) + data.type.rawValue.networkBytes + UInt16(1).networkBytes
      + ttl.networkBytes + UInt16(content.count).networkBytes + content
  }
}

extension DNSMessage.RecordData {
  fileprivate var bytes: [UInt8] {
    switch self {
    case .address(let address): address.rawValue.networkBytes
    case .pointer(let name), .canonicalName(let name): DNSMessage.bytes(of: name)
    case .startOfAuthority(let zone):
      DNSMessage.bytes(of: zone.server) + DNSMessage.bytes(of: zone.administrator)
        + ([zone.serial] + zone.intervals).flatMap(\.networkBytes)
    }
  }
}

/// Takes a message's parts from the front.
private struct DNSReader {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
  }

  mutating func number() -> UInt16? {
    guard bytes.count >= 2 else { return nil }
    return UInt16(bytes.removeFirst()) << 8 | UInt16(bytes.removeFirst())
  }

  mutating func longNumber() -> UInt32? {
    guard let high = number(), let low = number() else { return nil }
    return UInt32(high) << 16 | UInt32(low)
  }

  mutating func numbers(_ count: Int) -> [UInt16]? {
    let numbers = (0..<count).compactMap { _ in number() }
    return numbers.count == count ? numbers : nil
  }

  mutating func name() -> String? {
    var labels: [String] = []
    while let length = bytes.popFirst() {
      if length == 0 { return labels.joined(separator: ".") }
      guard length < 64, bytes.count >= Int(length), labels.count < 128 else { return nil }
      labels.append(String(decoding: bytes.prefix(Int(length)), as: UTF8.self))
      bytes.removeFirst(Int(length))
    }
    return nil
  }

  mutating func record() -> DNSMessage.Record? {
    guard let name = name(), let kind = number(), let type = DNSMessage.RecordType(rawValue: kind),
      number() == 1, let ttl = longNumber(), number() != nil, let data = data(of: type)
    else { return nil }
    return DNSMessage.Record(name: name, ttl: ttl, data: data)
  }

  private mutating func data(of type: DNSMessage.RecordType) -> DNSMessage.RecordData? {
    switch type {
    case .a: return longNumber().map { .address(IPv4Address(rawValue: $0)) }
    case .ptr: return name().map { .pointer($0) }
    case .cname: return name().map { .canonicalName($0) }
    case .soa:
      guard let server = name(), let administrator = name(), let serial = longNumber() else { return nil }
      let intervals = (0..<4).compactMap { _ in longNumber() }
      guard intervals.count == 4 else { return nil }
      return .startOfAuthority(
        .init(server: server, administrator: administrator, serial: serial, intervals: intervals))
    case .aaaa: return nil
    }
  }
}

extension FixedWidthInteger {
  fileprivate var networkBytes: [UInt8] {
    stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
  }
}
