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
    package struct Source: Sendable, Equatable, Encodable {
        package var group: Int
        /// Share of the vehicles of the lane group.
        package var share: Double
        /// Travel time from its stop line to the entry of the road, whole seconds.
        package var seconds: Int
    }

    /// One followed link.
    package struct Road: Sendable {
        package var link: LinkID
        /// Position of the junction at its end; nil where no signal rules it.
        package var junction: Int?
        package var groups: Range<Int>
        /// How platoons spread from entry to stop line.
        package var dispersion: PlatoonDispersion
        /// Flow from outside, veh/s.
        package var externalFlow: Double
        /// Flow that the demand brings, veh/s.
        package var demand: Double
        package var sources: [Source]
        /// Roads that its departures come to or hold up.
        package var reaches: [Int]
    }

    /// Lanes of a road that share one queue and one set of movements.
    package struct LaneGroup: Sendable {
        package var road: Int
        package var lanes: [LaneID]
        /// Share of the vehicles of the road; more than 0.
        package var share: Double
        /// Saturation flow, veh/s of green.
        package var saturationFlow: Double
        /// Its movements, those of one signal group that give way to the same streams together.
        package var parts: [Part]

        var givesWay: Bool { parts.contains(where: \.givesWay) }
    }

    /// Movements of a lane group that go together.
    package struct Part: Sendable, Equatable, Encodable {
        /// Signal group by number in the network; nil where no signal rules it.
        package var signal: Int?
        /// Share of the vehicles of the lane group.
        package var share: Double
        /// Lane groups that it gives way to, with the share of their vehicles that count.
        package var foes: [Foe]
        /// Time of the opposing stream that each vehicle takes away, s (see ``CyclicNetwork/freedom(opposing:gap:)``).
        package var gap: Double
        /// Vehicles that go at the end of each green whatever opposes them.
        package var sneakers: Double

        var givesWay: Bool { !foes.isEmpty }
    }

    /// A lane group that another gives way to.
    package struct Foe: Sendable, Equatable, Encodable {
        package var group: Int
        package var share: Double
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
    package let roads: [Road]
    package let groups: [LaneGroup]
    /// Roads with lane groups, those upstream first as far as traffic does not go round in circles.
    package let order: [Int]

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
