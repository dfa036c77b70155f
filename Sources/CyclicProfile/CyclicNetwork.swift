import PerformanceModel
import SignalModel

/// A network and its mean flows, laid out for cyclic flow profiles (Robertson 1969; TRANSYT).
///
/// Everything repeats with one common cycle, in bins of one second. A road's arrivals are mixed from the departures of the
/// lane groups upstream, delayed and dispersed; its lane groups, each a share of them, queue at the stop line.
public struct CyclicNetwork: Sendable {
    /// Common cycles that profiles are made for, s.
    public static let cycles = 10...600

    /// Where vehicles of a road come from: a lane group upstream.
    public struct Source: Sendable, Equatable, Encodable {
        /// Number of the lane group.
        public var group: Int
        /// Share of the vehicles of the lane group.
        public var share: Double
        /// Travel time from its stop line to the entry of the road, whole seconds.
        public var seconds: Int
    }

    /// One followed link.
    public struct Road: Sendable {
        /// The link.
        public var link: LinkID
        /// Position of the junction at its end; nil where no signal rules it.
        public var junction: Int?
        /// Numbers of its lane groups.
        public var groups: Range<Int>
        /// How platoons spread from entry to stop line.
        public var dispersion: PlatoonDispersion
        /// Flow from outside, veh/s.
        public var externalFlow: Double
        /// Flow that the demand brings, veh/s.
        public var demand: Double
        /// Where its vehicles come from, but for those from outside.
        public var sources: [Source]
        /// Roads that its departures come to or hold up.
        public var reaches: [Int]
    }

    /// Lanes of a road that share one queue and one set of movements.
    public struct LaneGroup: Sendable {
        /// Number of the road.
        public var road: Int
        /// Its lanes.
        public var lanes: [LaneID]
        /// Share of the vehicles of the road; more than 0.
        public var share: Double
        /// Saturation flow, veh/s of green.
        public var saturationFlow: Double
        /// Its movements, those of one signal group that give way to the same streams together.
        public var parts: [Part]

        var givesWay: Bool { parts.contains(where: \.givesWay) }
    }

    /// Movements of a lane group that go together.
    public struct Part: Sendable, Equatable, Encodable {
        /// Signal group by number in the network; nil where no signal rules it.
        public var signal: Int?
        /// Share of the vehicles of the lane group.
        public var share: Double
        /// Lane groups that it gives way to, with the share of their vehicles that count.
        public var foes: [Foe]
        /// Time of the opposing stream that each vehicle takes away, s (see ``CyclicNetwork/freedom(opposing:gap:)``).
        public var gap: Double
        /// Vehicles that go at the end of each green whatever opposes them.
        public var sneakers: Double

        var givesWay: Bool { !foes.isEmpty }
    }

    /// A lane group that another gives way to.
    public struct Foe: Sendable, Equatable, Encodable {
        /// Number of the lane group.
        public var group: Int
        /// Share of its vehicles that count.
        public var share: Double
    }

    /// A signal group with the lags of its greens.
    struct Signal: Sendable {
        var junction: Int
        var id: SignalGroupID
        var startLag: Double
        var endGain: Double
    }

    /// Common cycle, s.
    public let cycle: Int
    /// Greatest number of greens of a signal group in the common cycle.
    public let greensPerGroup: Int
    /// The model's constants.
    public let settings: CyclicSettings
    /// Junctions, in the network's order.
    public let junctions: [JunctionID]
    let signals: [Signal]
    /// Signals of each junction.
    let signalsOfJunction: [Range<Int>]
    /// Links that are followed.
    public let roads: [Road]
    /// Lane groups of all roads.
    public let groups: [LaneGroup]
    /// Roads with lane groups, those upstream first as far as traffic does not go round in circles.
    public let order: [Int]

    /// Number of roads.
    public var roadCount: Int { roads.count }
    /// Number of lane groups: TRANSYT's links.
    public var laneGroupCount: Int { groups.count }

    /// Share of the saturation flow that gaps in an opposing flow leave: (1 − q·k/4)⁴, nothing from q = 4/k on, with
    /// k = critical gap − headway/2.
    ///
    /// It follows the capacity of gap acceptance q·e^(−q·t_c)/(1 − e^(−q·t_f)) (HCM 2010 equation 18-56 has it) within
    /// 0.06 of the saturation flow, without a logarithm.
    static func freedom(opposing: Double, gap: Double) -> Double {
        let open = max(0, 1 - opposing * gap / 4)
        return open * open * open * open
    }
}
