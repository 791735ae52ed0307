import Foundation
import Testing

@testable import packetwalk

@Suite struct WholeFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "whole-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func aFileIsMadeAndReplaced() throws {
    let file = folder.appending(path: "a.pcapng").path
    try WholeFile.write([1, 2, 3], to: file)
    try WholeFile.write([4], to: file)
    #expect(FileManager.default.contents(atPath: file) == Data([4]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.pcapng"])
  }

  @Test func theModeStays() throws {
    let file = folder.appending(path: "a").path
    try WholeFile.write([1], to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    try WholeFile.write([2], to: file)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func aLinkIsFollowed() throws {
    let file = folder.appending(path: "target")
    let link = folder.appending(path: "link")
    try Data([1]).write(to: file)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    try WholeFile.write([2], to: link.path)
    #expect(try Data(contentsOf: file) == Data([2]))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
  }

  @Test func aDeviceIsWrittenTo() throws {
    try WholeFile.write([1], to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
    #expect(type == .typeCharacterSpecial)
  }

  @Test func failureLeavesNothingBehind() throws {
    let missing = folder.appending(path: "no/such/folder/a").path
    let error = FileWriteError(path: missing, reason: "No such file or directory")
    #expect(throws: error) { try WholeFile.write([1], to: missing) }
    #expect(throws: FileWriteError.self) { try WholeFile.write([1], to: folder.path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
