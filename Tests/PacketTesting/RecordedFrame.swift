import Foundation

/// One Ethernet frame that a real kernel sent, with tcpdump's reading of it (`tcpdump -nn -e`).
package struct RecordedFrame: Hashable, Sendable {
  /// What the capture shows.
  package let capture: String
  package let bytes: [UInt8]
  /// Without the time; a tunnelled packet has a line of its own.
  package let line: String

  /// All frames of `Tests/Fixtures/frames.json`, capture by capture in the order of their times.
  package static func all() throws -> [[RecordedFrame]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/frames.json")
    let content = try JSONDecoder().decode(FrameFile.self, from: Data(contentsOf: file))
    return content.captures.map { capture in
      capture.frames.map { frame in
        RecordedFrame(
          capture: "\(capture.what), \(capture.node) \(capture.dev)", bytes: hexBytes(frame.hex),
          line: frame.tcpdump)
      }
    }
  }
}

private struct FrameFile: Decodable {
  let captures: [Capture]

  struct Capture: Decodable {
    let what: String
    let node: String
    let dev: String
    let frames: [Frame]
  }

  struct Frame: Decodable {
    let hex: String
    let tcpdump: String
  }
}

/// The bytes that pairs of hexadecimal digits stand for; blanks are passed over.
package func hexBytes(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
