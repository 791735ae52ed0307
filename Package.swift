// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "packetwalk",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "packetwalk", targets: ["packetwalk"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .target(name: "NetModel"),
    .target(name: "ControlPlane", dependencies: ["NetModel"]),
    .target(name: "PacketTrace", dependencies: ["NetModel", "ControlPlane"]),
    .target(name: "YAML", dependencies: [.product(name: "Yams", package: "Yams")]),
    .target(
      name: "Labs", path: "Resources", exclude: ["labs/cilium-week4.yaml"],
      resources: [.embedInCode("labs/cilium-week4.nodes")]),
    .target(
      name: "Importing",
      dependencies: ["NetModel", "ControlPlane", "Labs", "YAML"]),
    .target(
      name: "Console", dependencies: ["NetModel", "ControlPlane", "PacketTrace", "Importing"]),
    .target(
      name: "Presentation",
      dependencies: ["NetModel", "ControlPlane", "PacketTrace", "Importing", "Console"]),
    .target(
      name: "CCurses",
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    .target(name: "CursesBackend", dependencies: ["Presentation", "CCurses"]),
    .target(
      name: "LabSocket",
      dependencies: [
        "NetModel", "Console", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "packetwalk",
      dependencies: [
        "NetModel", "ControlPlane", "PacketTrace", "Importing", "Console", "Presentation",
        "CursesBackend", "LabSocket",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // A third of the file is symbols; the program starts faster without them, and with the C++ library inside that
      // `.ci/start` puts into the folder.
      linkerSettings: [
        .unsafeFlags(
          [
            "-L", "\(Context.packageDirectory)/.build/link", "-Xclang-linker", "-static-libgcc",
            "-Xlinker", "-s", "-Xlinker", "--no-export-dynamic", "-Xclang-linker", "-no-pie",
          ],
          .when(platforms: [.linux], configuration: .release))
      ]),
    .target(name: "PacketTesting", dependencies: ["NetModel"], path: "Tests/PacketTesting"),
    .testTarget(name: "NetModelTests", dependencies: ["NetModel", "PacketTesting"]),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
    .testTarget(
      name: "ControlPlaneTests",
      dependencies: ["NetModel", "ControlPlane", "Importing", "YAML", "PacketTesting"]),
    .testTarget(
      name: "PacketTraceTests",
      dependencies: ["NetModel", "ControlPlane", "PacketTrace", "Importing", "PacketTesting"]),
    .testTarget(
      name: "ImportingTests", dependencies: ["NetModel", "ControlPlane", "Importing", "Labs", "YAML"]),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "NetModel", "ControlPlane", "PacketTrace", "Importing", "Console", "PacketTesting",
      ]),
    .testTarget(
      name: "PresentationTests",
      dependencies: [
        "NetModel", "ControlPlane", "PacketTrace", "Importing", "Console", "Presentation", "PacketTesting",
      ]),
    .executableTarget(
      name: "Benchmarks", dependencies: ["NetModel", "ControlPlane", "PacketTrace", "Importing"],
      path: "Tests/Benchmarks/Program"),
    .target(name: "TerminalTesting", path: "Tests/TerminalTesting"),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Presentation", "CursesBackend"], path: "Tests/TerminalProbe"),
    .testTarget(
      name: "CursesBackendTests",
      dependencies: ["Presentation", "CursesBackend", "TerminalTesting", "TerminalProbe"]),
    .testTarget(name: "packetwalkTests", dependencies: ["packetwalk", "TerminalTesting"]),
  ],
  swiftLanguageModes: [.v6]
)

// Only for `Tests/Fuzz/run`: libFuzzer brings a `main` of its own.
if Context.environment["PACKETWALK_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "NetModel", "ControlPlane", "PacketTrace", "Importing", "Console", "Presentation", "CursesBackend",
        "LabSocket",
      ],
      path: "Tests/Fuzz/Program", swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}

// By their names, types are looked up at run time, and the checks of their constraints search every conformance
// that is linked in.
for target in package.targets where [.regular, .executable].contains(target.type) && target.name != "CCurses"
{
  target.swiftSettings = [
    .unsafeFlags(
      ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
      .when(configuration: .release))
  ]
}
