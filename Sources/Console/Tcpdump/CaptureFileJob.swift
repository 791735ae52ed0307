import NetModel
import PacketTrace

/// `tcpdump -r`: what a capture file holds.
///
/// Source: tcpdump 4.99.4 `tcpdump.c`; libpcap 1.10 `savefile.c`, `sf-pcap.c`.
struct CaptureFileJob: Job {
  private var options: TcpdumpOptions
  private let source: String
  private let stack: StackID
  private let input: CommandInput

  init(_ options: TcpdumpOptions, source: String, on stack: StackID, input: CommandInput) {
    self.options = options
    self.source = source
    self.stack = stack
    self.input = input
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try input.readBytes(source)
    } catch {
      output.writeError("tcpdump: \(source): \(error.reason)\n")
      return .ended(status: 1)
    }
    do throws(PcapError) {
      var file = try PcapFile(bytes)
      return show(&file, in: lab, &output)
    } catch {
      output.writeError("tcpdump: \(error.text)\n")
      return .ended(status: error.status)
    }
  }

  private mutating func show(
    _ file: inout PcapFile, in lab: RunningLab, _ output: inout JobOutput
  ) -> JobState {
    options.interface = file.isCooked ? TcpdumpOptions.allInterfaces : nil
    options.snapshotLength = min(options.snapshotLength, file.snapshotLength)
    let names = lab.namesInHostsFile(of: stack)
    var printer = CapturePrinter(options, names: names, start: WallTime(nanoseconds: 0))
    output.writeError(printer.header)
    output.write(printer.fileHeader, to: options.stream)
    let interfaces = lab.snapshot.stack(stack)?.interfaces ?? []
    var shown = 0
    do throws(PcapError) {
      while shown < options.count ?? .max, let record = try file.next() {
        guard isWanted(record.frame) else { continue }
        var frame = record.frame
        // A number that no interface bears here has no name.
        frame.interface = interfaces.first { $0.index == frame.interfaceIndex }?.name ?? "?"
        let time = Instant(nanoseconds: record.microseconds * 1000)
        output.write(printer.bytes(of: frame, at: time), to: options.stream)
        shown += 1
      }
    } catch {
      output.writeError("tcpdump: pcap_loop: \(error.text)\n")
      return .ended(status: error.status)
    }
    return .ended(status: 0)
  }

  private func isWanted(_ frame: CapturedFrame) -> Bool {
    options.direction.admits(isOutgoing: frame.direction == .outgoing) && options.filter.matches(frame.packet)
  }
}
