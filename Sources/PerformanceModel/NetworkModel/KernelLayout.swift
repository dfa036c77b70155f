/// The parts of a ``NetworkModel`` that the simulation touches every second, as plain values.
struct KernelLayout: Sendable {
    struct Road: Sendable {
        var lanes: Range<Int>
        var lag: Int
        var lateShare: Double
        var smoothing: Double
        var passingShare: Double
        var overflowWeight: Double

        static let empty = Road(lanes: 0..<0, lag: 0, lateShare: 0, smoothing: 1, passingShare: 0, overflowWeight: 0)
    }

    struct Lane: Sendable {
        var streams: Range<Int>
        var storage: Double
        var dissolvingSteps: Int
        /// First second in which somebody who comes to the road can be at the stop line.
        var reachedFrom: Int
        /// 8·k·I of the random delay in an interval of the demand.
        var randomSpread: Double
        /// One stream that gives way to nobody.
        var isSimple: Bool
        /// Row of the table of signs and signs of the groups that open the lane; nil where it is never all closed.
        var signs: Signs?

        static let empty = Lane(
            streams: 0..<0, storage: 0, dissolvingSteps: 0, reachedFrom: 0, randomSpread: 0, isSimple: true,
            signs: nil)
    }

    /// Which signal groups of a junction open a lane.
    struct Signs: Sendable {
        var junction: Int
        var groups: UInt64

        /// Sign of a group: a bit, which large junctions share among several groups.
        static func of(group number: Int) -> UInt64 { 1 << UInt64(number % 64) }
    }

    struct Stream: Sendable {
        var lane: Int
        /// Vehicles per time step of green.
        var saturation: Double
        var waitingInside: Double
        /// Row of the green table; -1 where no signal rules the stream.
        var group: Int
        var turnsOnRed: Bool
        var givesWay: Bool
        /// Ranges of ``foes``: those that have priority on green, and those that have it when turning on red.
        var priority: Range<Int>
        var crossing: Range<Int>
        /// Row of what others give way to; -1 where nobody gives way to the stream.
        var claim: Int
        /// Range of ``targets``.
        var targets: Range<Int>

        static let empty = Stream(
            lane: 0, saturation: 0, waitingInside: 0, group: -1, turnsOnRed: false, givesWay: false, priority: 0..<0,
            crossing: 0..<0, claim: -1, targets: 0..<0)
    }

    /// Who has priority over a stream, and how much longer the gaps in it must be, as a factor.
    struct Foe: Sendable {
        var stream: Int
        var weight: Double

        static let empty = Foe(stream: 0, weight: 1)
    }

    struct Target: Sendable {
        var road: Int
        var share: Double
        var steps: Int
        var isAdjacent: Bool

        static let empty = Target(road: 0, share: 0, steps: 1, isAdjacent: false)
    }

    var roads: [Road] = []
    var lanes: [Lane] = []
    var streams: [Stream] = []
    var foes: [Foe] = []
    var targets: [Target] = []
    /// Streams that others give way to.
    private(set) var claimCount = 0
    /// Weight of the last step in the running mean of ``ModelSettings/gapSpan``.
    let claimSmoothing: Double
    /// Share of the saturation flow that finds a gap, by stream and by flow of the foes in ``gapResolution`` steps.
    var gapShares: [Double] = []

    /// Steps from the start of green until the head of a queue is on the move.
    let startSteps: Int
    private let stepLength: Double
    static let gapSteps = 256
    /// Flow of foes per table step, vehicles per time step.
    static let gapResolution = 0.01

    /// Entry in the table of gaps for a flow, vehicles per time step.
    ///
    /// Flows are often whole multiples of the resolution; the allowance keeps them there, however they are rounded.
    @inline(__always)
    static func gapEntry(_ flow: Double) -> Int { min(gapSteps - 1, Int(flow / gapResolution + gapAllowance)) }

    /// ``gapEntry(_:)`` for a batch of candidates.
    @inline(__always)
    static func gapEntries(_ flow: BatchValues) -> SIMD8<UInt32> {
        // From 2^23 to 2^24 the bits of a number count in ones.
        let whole: Float = 0x1.8p23
        let entry = flow * Float(1 / gapResolution) + Float(gapAllowance - 0.5)
        let rounded = entry.least(BatchValues(repeating: Float(gapSteps - 1))) + whole
        return unsafeBitCast(rounded, to: SIMD8<UInt32>.self) &- SIMD8(repeating: whole.bitPattern)
    }

    private static let gapAllowance = 1e-3
    /// Time from the start of green until the head of a queue is on the move, s.
    private static let startTime = 2.0

    init(
        roads: [NetworkModel.Road], lanes: [NetworkModel.LaneQueue], streams: [NetworkModel.Stream],
        groups: [NetworkModel.Group], stepLength: Double, followUp: (atSignals: Double, atPriority: Double),
        gapSpan: Double,
        randomSpread: (behindSignals: Double, waitingForGaps: Double),
        weight: (_ stream: Int, _ foe: Int) -> Double
    ) {
        self.stepLength = stepLength
        // As old on the average as a mean of equal weights over the span.
        claimSmoothing = 1 - exponential(-2 * stepLength / gapSpan)
        startSteps = max(1, Int((Self.startTime / stepLength).rounded()))
        self.roads = roads.map {
            Road(
                lanes: $0.lanes, lag: $0.lag, lateShare: $0.lateShare, smoothing: $0.smoothing,
                passingShare: $0.passingShare, overflowWeight: $0.overflowWeight)
        }
        self.lanes = lanes.map { lane in
            let first = streams[lane.streams.lowerBound]
            let isOne = lane.streams.count == 1
            let isSimple = isOne && !first.givesWay && !first.turnOnRed
            let spread = isOne && !isSimple ? randomSpread.waitingForGaps : randomSpread.behindSignals
            let movements = Set(streams[lane.streams].map(\.movement))
            let choices = roads[lane.road].lanes.filter { other in
                streams[lanes[other].streams].contains { movements.contains($0.movement) }
            }
            return Lane(
                streams: lane.streams, storage: lane.storage, dissolvingSteps: lane.dissolvingSteps,
                reachedFrom: roads[lane.road].lag,
                // Who has several lanes to choose from waits in the shortest queue: they are one queue with all their capacity.
                randomSpread: spread / Double(choices.count),
                isSimple: isSimple, signs: Self.signs(of: streams[lane.streams], groups: groups))
        }
        for (number, stream) in streams.enumerated() {
            let firstFoe = foes.count
            foes += stream.priority.map { Foe(stream: $0, weight: weight(number, $0)) }
            let firstCrossing = foes.count
            foes += stream.crossing.map { Foe(stream: $0, weight: weight(number, $0)) }
            let firstTarget = targets.count
            targets += stream.targets.map {
                Target(road: $0.road, share: $0.share, steps: $0.steps, isAdjacent: $0.isAdjacent)
            }
            self.streams.append(
                Stream(
                    lane: stream.lane, saturation: stepLength / stream.headway, waitingInside: stream.waitingInside,
                    group: stream.group ?? -1,
                    turnsOnRed: stream.turnOnRed, givesWay: stream.givesWay || stream.turnOnRed,
                    priority: firstFoe..<firstCrossing,
                    crossing: firstCrossing..<foes.count, claim: -1, targets: firstTarget..<targets.count))
            appendGapShares(of: stream, followUp: followUp)
        }
        for foe in foes where self.streams[foe.stream].claim < 0 {
            self.streams[foe.stream].claim = claimCount
            claimCount += 1
        }
    }

    private static func signs(of streams: ArraySlice<NetworkModel.Stream>, groups: [NetworkModel.Group]) -> Signs? {
        var result: Signs?
        for stream in streams {
            guard let group = stream.group, !stream.turnOnRed else { return nil }
            let sign = Signs.of(group: groups[group].number)
            result = Signs(junction: groups[group].junction, groups: (result?.groups ?? 0) | sign)
        }
        return result
    }

    /// Capacity of a movement that gives way, q·e^(−q·tc)/(1 − e^(−q·tf)) (HCM 2010 equation 19-32 for one stream), as a
    /// share of its saturation flow; at a signal, against nobody, it goes as if protected.
    private mutating func appendGapShares(
        of stream: NetworkModel.Stream, followUp: (atSignals: Double, atPriority: Double)
    ) {
        let isAtSignal = stream.group != nil
        let followUp = max(stream.headway, isAtSignal ? followUp.atSignals : followUp.atPriority)
        gapShares.append(isAtSignal ? 1 : stream.headway / followUp)
        for step in 1..<Self.gapSteps {
            let flow = Double(step) * Self.gapResolution / stepLength
            let capacity = flow * exponential(-flow * stream.criticalGap) / (1 - exponential(-flow * followUp))
            gapShares.append(capacity * stream.headway)
        }
    }
}
