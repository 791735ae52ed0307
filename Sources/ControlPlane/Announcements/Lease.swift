import NetModel

/// The Lease by which nodes agree who announces a Service.
///
/// Source: Cilium `pkg/l2announcer/l2announcer.go`; Kubernetes `client-go/tools/leaderelection`.
package struct Lease: Hashable, Sendable {
  package var service: ServiceID
  /// `nil` where it was given up.
  package var holder: NodeID?
  package var duration: Duration
  package var acquired: Instant
  /// When the holder wrote it last, as far as that is fixed; a living holder writes it every `retryPeriod`.
  package var renewed: Instant
  package var retryPeriod: Duration
  /// The holder is gone without giving it up.
  package var isOrphaned = false
  /// How often the holder has changed.
  package var transitions = 0
  package var created: Creation
  /// Who gave it up.
  var formerHolder: NodeID?

  init(service: ServiceID, holder: NodeID, timing: LeaseTiming, at instant: Instant, created: Creation) {
    self.service = service
    self.holder = holder
    duration = timing.duration
    retryPeriod = timing.retryPeriod
    acquired = instant
    renewed = instant
    self.created = created
  }

  /// Where Cilium runs.
  package static let namespace = "kube-system"

  package var name: String { Self.name(of: service) }

  /// The name of a Service's lease.
  package static func name(of service: ServiceID) -> String {
    "cilium-l2announce-\(service.namespace)-\(service.name)"
  }

  /// When the holder wrote it last.
  package func renewal(at instant: Instant) -> Instant {
    guard holder != nil, !isOrphaned, instant > renewed else { return renewed }
    let period = retryPeriod.wholeNanoseconds
    let passed = instant.nanoseconds - renewed.nanoseconds
    return Instant(nanoseconds: renewed.nanoseconds + passed / period * period)
  }

  /// The holder gives it up.
  ///
  /// Source: `leaderelection.go`, `release`: what is left lasts a second.
  mutating func release(at instant: Instant) {
    formerHolder = holder
    holder = nil
    duration = .seconds(1)
    acquired = instant
    renewed = instant
    isOrphaned = false
  }

  /// The holder stops without a word.
  mutating func orphan(at instant: Instant) {
    renewed = renewal(at: instant)
    isOrphaned = true
  }

  /// A node takes it.
  mutating func take(_ node: NodeID, timing: LeaseTiming, at instant: Instant) {
    holder = node
    formerHolder = nil
    duration = timing.duration
    retryPeriod = timing.retryPeriod
    acquired = instant
    renewed = instant
    isOrphaned = false
    transitions += 1
  }
}
