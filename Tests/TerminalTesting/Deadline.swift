/// How long a test waits for something that must happen; only a hang is longer.
package let patience: Duration = .seconds(20)

/// What a test waited for in vain.
package struct TimedOut: Error, CustomStringConvertible {
  package let description: String
}

/// Asks again and again, without a fixed pause before success, until `attempt` has an answer.
///
/// - Throws: `TimedOut` with what `lastSeen` tells, or whatever `attempt` throws.
package func poll<Answer>(
  for what: String, lastSeen: () -> String = { "" }, attempt: () throws -> Answer?
) throws -> Answer {
  let end = ContinuousClock.now + patience
  while ContinuousClock.now < end {
    if let answer = try attempt() { return answer }
    briefPause()
  }
  throw TimedOut(description: "no \(what); last seen:\n\(lastSeen())")
}
