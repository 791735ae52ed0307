import Console
import Testing

@Suite("Columns as Go's tabwriter lays them out")
struct TabWriterTests {
  /// Laid out by the real tabwriter; the end of each line stands behind its padding.
  @Test(arguments: [
    (
      "ID\tFrontend\tType\tBackend\t\n23\t10.96.0.1:80/TCP\tClusterIP\t1 => 172.20.0.9:80\t\n\t\t\t2 => x\t\n",
      "ID   Frontend           Type        Backend               \n"
        + "23   10.96.0.1:80/TCP   ClusterIP   1 => 172.20.0.9:80   \n"
        + "                                    2 => x                \n"
    ),
    ("Key\tValue\tState\tError\na\tbbbb\t\t\n", "Key   Value   State   Error\na     bbbb            \n"),
    ("no cells\nat all\n", "no cells\nat all\n"),
    ("", ""),
    ("last\tline", "last   line"),
  ])
  func columns(text: String, expected: String) {
    var writer = TabWriter(minimumWidth: 5, padding: 3)
    let lines = writer.format(text).split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.map { $0.trimmed } == wanted.map { $0.trimmed })
  }

  @Test("a line without the cell ends a column: above and below are laid out apart")
  func blocks() {
    var writer = TabWriter(minimumWidth: 2, padding: 3)
    let text = "IPAM:\tx\nAllocated addresses:\nClusterMesh:\ty\n"
    #expect(writer.format(text) == "IPAM:   x\nAllocated addresses:\nClusterMesh:   y\n")
  }

  @Test("the cell that ends a row is padded where a tab ends it, and only there")
  func trailingCell() {
    var writer = TabWriter(minimumWidth: 5, padding: 3)
    #expect(writer.format("a\tb\t\naa\tb\n") == "a    b    \naa   b\n")
  }

  @Test("widths are remembered from text to text only where asked for")
  func remembering() {
    var remembering = TabWriter(minimumWidth: 6, padding: 3, remembersWidths: true)
    var forgetting = TabWriter(minimumWidth: 6, padding: 3)
    #expect(remembering.format("a-long-name\tx\n") == "a-long-name   x\n")
    #expect(remembering.format("a\tx\n") == "a             x\n")
    _ = forgetting.format("a-long-name\tx\n")
    #expect(forgetting.format("a\tx\n") == "a     x\n")
  }

  @Test("width is counted in code points")
  func codePoints() {
    var writer = TabWriter(minimumWidth: 0, padding: 1)
    #expect(writer.format(rows: [["한글", "x"], ["abc", "y"]]) == "한글  x\nabc y\n")
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(self.reversed().drop { $0 == " " }.reversed())
  }
}
