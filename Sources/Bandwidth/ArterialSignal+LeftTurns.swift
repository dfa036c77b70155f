/// When the left turns of an arterial have their protected greens: before the through movements or after them.
///
/// Patterns 1 to 4 of Little, Kelson and Gartner (1981).
public enum LeftTurnSequence: String, Sendable, CaseIterable {
    /// The outbound left leads and the inbound left lags (pattern 1).
    case outboundLeads
    /// The inbound left leads and the outbound left lags (pattern 2).
    case inboundLeads
    /// Both lead (pattern 3).
    case bothLead
    /// Both lag (pattern 4).
    case bothLag

    var outboundLeftLeads: Bool { self == .outboundLeads || self == .bothLead }
    var inboundLeftLeads: Bool { self == .inboundLeads || self == .bothLead }
}

extension ArterialSignal {
    /// Describes a signal with left-turn greens.
    ///
    /// The left turn of one direction holds the through movement of the other: the outbound red is the common red and
    /// the inbound left's green, the inbound red the common red and the outbound left's green (Little, Kelson and
    /// Gartner 1981). The reference point is the end of the common red.
    ///
    /// - Parameters:
    ///   - commonRed: Time in which both through movements are red for the cross street, share of the cycle.
    ///   - outboundLeft: Green of the left turn out of the outbound direction, share of the cycle.
    ///   - inboundLeft: Green of the left turn out of the inbound direction, share of the cycle.
    ///   - sequences: Sequences to choose from; patterns keep their order.
    public init(
        name: String, commonRed: Double, outboundLeft: Double, inboundLeft: Double,
        sequences: [LeftTurnSequence] = LeftTurnSequence.allCases, outboundQueueClearance: Double = 0,
        inboundQueueClearance: Double = 0
    ) {
        self.init(
            name: name,
            patterns: sequences.map { sequence in
                Pattern(
                    name: sequence.rawValue,
                    outbound: Green(
                        start: sequence.inboundLeftLeads ? inboundLeft : 0, length: 1 - commonRed - inboundLeft),
                    inbound: Green(
                        start: sequence.outboundLeftLeads ? outboundLeft : 0, length: 1 - commonRed - outboundLeft))
            }, outboundQueueClearance: outboundQueueClearance, inboundQueueClearance: inboundQueueClearance)
    }
}
