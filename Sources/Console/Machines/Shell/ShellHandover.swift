/// Hands over to the user's shell at once.
struct ShellHandover: Job {
  let request: ShellRequest

  mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    .handedOver(request)
  }
}
