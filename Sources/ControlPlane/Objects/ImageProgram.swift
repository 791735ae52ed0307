import NetModel

/// What the program in an image does on the network.
package struct ImageProgram: Hashable, Sendable {
  /// The image's name without registry host and tag, such as `traefik/whoami`.
  package var image: String
  /// The ports it waits on when it is started without a command of its own, in ascending order.
  package var listeners: [Listener]

  package init(image: String, listeners: [Listener]) {
    self.image = image
    self.listeners = listeners
  }
}

extension PodTemplate.Container {
  /// The ports that the container's program waits on, in ascending order.
  ///
  /// A command of its own replaces the image's program; of such commands only `nc -l -p PORT` is understood.
  package func listeners(programs: [ImageProgram]) -> [Listener] {
    guard command.isEmpty else { return netcatPorts.map { Listener(transport: .tcp, port: $0) } }
    let name = PodTemplate.Container.nameWithoutTag(image)
    return programs.first { name == $0.image || name.hasSuffix("/" + $0.image) }?.listeners ?? []
  }

  private var netcatPorts: [UInt16] {
    let words = (command + arguments).flatMap { $0.split(whereSeparator: \.isWhitespace) }
    guard words.contains("nc"), words.contains("-l") else { return [] }
    return zip(words, words.dropFirst()).filter { $0.0 == "-p" }.compactMap { UInt16($0.1) }.sorted()
  }

  private static func nameWithoutTag(_ image: String) -> Substring {
    let withoutDigest = image.prefix { $0 != "@" }
    let lastSlash = withoutDigest.lastIndex(of: "/") ?? withoutDigest.startIndex
    let colon = withoutDigest[lastSlash...].firstIndex(of: ":") ?? withoutDigest.endIndex
    return withoutDigest[..<colon]
  }
}
