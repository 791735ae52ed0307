import NetModel

/// What the program in an image does on the network.
package struct ImageProgram: Hashable, Sendable {
  /// The image's name without registry host and tag, such as `traefik/whoami`.
  package var image: String
  /// The ports it waits on when it is started without a command of its own, in ascending order.
  package var listeners: [Listener]
  /// What else can be run in it, in ascending order of name; `nil` where nobody said.
  package var tools: [InstalledTool]?
  package var library: CLibrary
  /// What it answers over HTTP; `nil` where that is not modelled.
  package var serves: Website?

  package init(
    image: String, listeners: [Listener], tools: [InstalledTool]? = nil, library: CLibrary = .glibc,
    serves: Website? = nil
  ) {
    self.image = image
    self.listeners = listeners
    self.tools = tools
    self.library = library
    self.serves = serves
  }

  /// What a program answers over HTTP.
  package enum Website: String, Hashable, Sendable, CaseIterable {
    /// traefik/whoami: who it is, who asks, and the request itself.
    case whoami
  }

  /// The C library that its programs are linked to: it asks name servers, and words errors.
  package enum CLibrary: String, Hashable, Sendable, CaseIterable {
    case glibc, musl
  }
}

/// A command that an image contains.
package struct InstalledTool: Hashable, Sendable {
  package var name: String
  package var version: String

  package init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}

extension Cluster {
  /// What is known of the image of a pod's first container; `nil` for an image that nobody described.
  package func program(of pod: PodID) -> ImageProgram? {
    guard let container = self.pod(pod)?.template.containers.first else { return nil }
    return container.program(among: programs)
  }
}

extension PodTemplate.Container {
  /// The ports that the container's program waits on, in ascending order.
  ///
  /// A command of its own replaces the image's program, unless it names that with options of its own; of other
  /// commands only `nc -l -p PORT` is understood.
  package func listeners(programs: [ImageProgram]) -> [Listener] {
    if let first = command.first, first != ownProgram {
      return netcatPorts.map { Listener(transport: .tcp, port: $0) }
    }
    return program(among: programs)?.listeners ?? []
  }

  /// The last part of the image's name.
  private var ownProgram: String {
    let name = PodTemplate.Container.nameWithoutTag(image)
    let start = name.utf8.lastIndex(of: UInt8(ascii: "/")).map(name.utf8.index(after:)) ?? name.startIndex
    return String(name[start...])
  }

  /// What is known of the container's image; `nil` where nobody described it.
  package func program(among programs: [ImageProgram]) -> ImageProgram? {
    let name = PodTemplate.Container.nameWithoutTag(image)
    return programs.first { name.ends(inImage: $0.image) }
  }

  private var netcatPorts: [UInt16] {
    let words = (command + arguments).flatMap { $0.split(whereSeparator: \.isWhitespace) }
    guard words.contains("nc"), words.contains("-l") else { return [] }
    return zip(words, words.dropFirst()).filter { $0.0 == "-p" }.compactMap { UInt16($0.1) }.sorted()
  }

  private static func nameWithoutTag(_ image: String) -> Substring {
    let bytes = image.utf8
    let digest = bytes.firstIndex(of: UInt8(ascii: "@")) ?? bytes.endIndex
    let lastSlash = bytes[..<digest].lastIndex(of: UInt8(ascii: "/")) ?? bytes.startIndex
    let colon = bytes[lastSlash..<digest].firstIndex(of: UInt8(ascii: ":")) ?? digest
    return image[..<colon]
  }
}

extension Substring {
  /// True for an image's name, with a registry host before it or not.
  fileprivate func ends(inImage image: String) -> Bool {
    let host = utf8.dropLast(image.utf8.count)
    return utf8.suffix(image.utf8.count).elementsEqual(image.utf8)
      && (host.isEmpty || host.last == UInt8(ascii: "/"))
  }
}
