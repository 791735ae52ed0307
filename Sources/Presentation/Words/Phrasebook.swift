import ControlPlane
import Importing
import NetModel
import PacketTrace

/// The words of one language: every sentence is a function of typed values.
///
/// A new case of any of these values breaks the build until each language has words for it. Addresses, names,
/// protocols and the texts of table entries are not translated.
package protocol Phrasebook: Sendable {
  // Steps.

  /// What kind of step it is, in two or three words.
  func title(_ kind: Step.Kind) -> String
  func questionWhatIsSent(by stack: StackID) -> String
  func questionRoute(to destination: IPv4Address) -> String
  func questionNeighbor(_ address: IPv4Address, on interface: String) -> String
  func questionSource(_ check: SourceCheck) -> String
  func questionIdentity(of address: IPv4Address, _ subject: IdentityLookup.Subject) -> String
  func questionTunnelKey() -> String
  func questionConntrack() -> String
  func questionPolicy(_ direction: PolicyVerdict.Direction) -> String
  func questionService(_ frontend: Frontend) -> String
  func questionTranslation() -> String
  func questionEndpoint(_ address: IPv4Address) -> String
  func questionTunnel() -> String
  func questionEncapsulation() -> String
  func questionDecapsulation() -> String
  func questionMasquerade() -> String
  func questionReverse() -> String
  func questionHopLimit() -> String
  func questionSize() -> String
  func questionDelivery() -> String
  func questionTransmission(on wire: WireID) -> String
  func questionExit() -> String
  func questionAcceptance() -> String
  func questionEnding() -> String

  // Answers.

  func sent(by stack: StackID, to destination: String, _ content: String) -> String
  func routed(_ selection: RouteLookup.Selection, entry: String, why: EvidenceTable.Why?) -> String
  func forThisHost(entry: String?) -> String
  func toSubnet(entry: String?) -> String
  func noRoute(_ error: RouteError, to destination: IPv4Address) -> String
  func neighbor(_ evidence: NeighborEvidence) -> String
  func source(_ check: SourceCheck) -> String
  func identity(_ lookup: IdentityLookup) -> String
  func tunnelKey(_ identity: SecurityIdentity) -> String
  func conntrack(_ state: ConntrackState) -> String
  func policy(_ verdict: PolicyVerdict) -> String
  func service(_ lookup: ServiceLookup) -> String
  func translation(_ translation: ServiceTranslation) -> String
  func questionDirectReturn() -> String
  func directReturn(_ told: DirectReturn) -> String
  func endpoint(_ lookup: EndpointLookup) -> String
  func tunnel(_ answer: TunnelDecision.Answer) -> String
  func encapsulated(outer: IPv4Header?, port: UInt16?, vni: UInt32?, tunnel: String) -> String
  func decapsulated(port: UInt16) -> String
  func masquerade(_ decision: MasqueradeDecision) -> String
  func reverse(_ translation: ReverseTranslation) -> String
  func hopLimit(_ limit: HopLimit) -> String
  func size(_ check: SizeCheck) -> String
  func questionRedirect() -> String
  func redirect(_ notice: RedirectNotice) -> String
  func delivery(_ delivery: Delivery) -> String
  func transmission(_ transmission: Transmission) -> String
  func exit(_ transmission: Transmission) -> String
  func acceptance(_ acceptance: Acceptance) -> String
  func why(_ why: EvidenceTable.Why, asked: String) -> String

  /// A teaching remark on the step.
  func remark(_ remark: Remark) -> String

  // Endings.

  func reason(_ reason: Reason) -> String
  func disposition(_ disposition: Disposition) -> String
  func outcome(_ outcome: Outcome) -> String

  // Grounds and packets.

  func grounds(_ grounds: Grounds) -> String
  func field(_ name: PacketField.Name) -> String
  func changed(_ field: PacketDiff.FieldChange, of header: Packet.Header.Kind) -> String
  func added(_ header: Packet.Header.Kind) -> String
  func removed(_ header: Packet.Header.Kind) -> String
  func payloadChanged(from before: Int, to after: Int) -> String

  // Reports.

  func label(_ label: Label) -> String
  func headline(_ flow: NamedFlow) -> String
  func setting(_ setting: ReportSetting) -> String
  /// What two traces of one lab were made from.
  func setting(_ left: ReportSetting, _ right: ReportSetting) -> String
  /// Which path of how many, from 1, and what sets it apart.
  func path(number: Int, of count: Int, _ path: Path) -> String
  func replyTitle() -> String
  /// Which hop of how many, from 1.
  func hop(number: Int, of count: Int, _ hop: Hop) -> String
  /// The ways in and out of a hop and the TTLs.
  func passage(_ hop: Hop) -> String
  /// Which step of how many of the hop, from 1.
  func step(number: Int, of count: Int, _ step: Step) -> String
  /// What ran, and where.
  func place(_ step: Step) -> String
  /// Above the fixes of a path.
  func fixesTitle(_ count: Int) -> String
  /// A command of a fix and where it is typed.
  func fix(_ command: EditCommand) -> String
  func firstDifference(_ difference: WalkComparison.Difference) -> String
  func noDifference() -> String
  func reachTitle(reached: Int, of pairs: Int) -> String

  // Errors.

  func error(_ error: FlowError) -> String
  func error(_ error: KeyTokens.Failure) -> String
  func error(_ error: LabChoiceError) -> String
  func error(_ error: TerminalError) -> String
  func error(_ error: LabErrors) -> String
  func error(_ error: LabError) -> String
  func error(_ error: EditError) -> String
  func notThereYet(_ command: String) -> String
  /// The line with which a lab shell begins.
  func shellBanner(host: String) -> String
}

/// The fixed words of reports and screens.
package enum Label: Hashable, Sendable, CaseIterable {
  case won, lost, nearest
  case table, packet, changed, remark, grounds, outcome, reply
  case native, tunnel, same
}
