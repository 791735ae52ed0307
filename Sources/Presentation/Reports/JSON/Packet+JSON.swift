import Console
import NetModel
import PacketTrace

extension Packet {
  /// Bytes in all, the headers from outside inwards with their fields, and the bytes of data.
  package var json: JSONValue {
    .members([
      "length": .number(length), "headers": .array(headers.indices.map(header)),
      "payloadLength": .number(payloadLength),
    ])
  }

  private func header(at index: Int) -> JSONValue {
    JSONValue.members(["protocol": .string(headers[index].kind.rawValue)]).merging(
      .object(fields(ofHeaderAt: index).map { JSONValue.Member($0.name.rawValue, $0.value.json) }))
  }
}

extension PacketField.Value {
  fileprivate var json: JSONValue {
    switch self {
    case .number(let number): .number(number)
    case .flag(let isSet): .bool(isSet)
    case .address(let address): .text(address)
    case .mac(let mac): .text(mac)
    case .flags(let names): .array(names.map { .string($0) })
    case .word(let word): .string(word)
    }
  }
}
