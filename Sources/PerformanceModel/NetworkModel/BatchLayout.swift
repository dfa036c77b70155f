/// The parts of a ``KernelLayout`` that one region needs, numbered densely in the region's order.
///
/// Neighbours outside the region are not simulated: what they do is a recorded row of one value per second, the same for
/// all candidates of a batch.
struct BatchLayout {
    struct Road {
        var firstLane: Int
        var endLane: Int
        var lag: Int
        var lateShare: Float
        var smoothing: Float
        /// Ring buffer of what entered, and of what streams of the region send; the latter is -1 where none do.
        var entered: Int
        var enteredMask: Int
        var sent: Int
        var sentMask: Int

        var passingShare: Float
        /// Weight of the time that vehicles wait before the road.
        var outsideWeight: Float

        static let empty = Road(
            firstLane: 0, endLane: 0, lag: 0, lateShare: 0, smoothing: 1, entered: 0, enteredMask: 0, sent: -1,
            sentMask: 0, passingShare: 0, outsideWeight: 1)
    }

    struct Lane {
        var firstStream: Int
        var endStream: Int
        var storage: Float
        var dissolvingSteps: Int
        var reachedFrom: Int
        var randomSpread: Double
        /// Ring buffer of its departures.
        var departures: Int
        var departuresMask: Int
        var isSimple: Bool
        /// Several streams share it, and others give way to one of them.
        var countsRed: Bool
        /// Junction of the region whose signs open the lane, and the signs; -1 where it is never all closed.
        var junction: Int
        var signs: UInt64

        static let empty = Lane(
            firstStream: 0, endStream: 0, storage: 0, dissolvingSteps: 0, reachedFrom: 0, randomSpread: 0,
            departures: 0, departuresMask: 0, isSimple: true, countsRed: false, junction: -1, signs: 0)
    }

    struct Stream {
        var lane: Int
        var saturation: Float
        var headway: Float
        var waitingInside: Float
        /// Junction of the region; -1 where no signal rules the stream.
        var junction: Int
        /// Sign of its group, as in ``KernelLayout/Signs``.
        var sign: UInt64
        /// Its group belongs to the junction that is searched, so that each candidate has a green of its own.
        var isSearched: Bool
        /// Place of its green in the first second, and how much further that of the next second is.
        var firstGreen: Int
        var greenStride: Int
        var turnsOnRed: Bool
        var givesWay: Bool
        /// Another stream gives way to this one.
        var isWatched: Bool
        /// Row of the table of gaps.
        var gaps: Int
        /// Ranges of ``foes``, ``targets`` and ``blockers``.
        var firstPriority: Int
        var endPriority: Int
        var firstCrossing: Int
        var endCrossing: Int
        var firstTarget: Int
        var endTarget: Int
        var firstBlocker: Int
        var endBlocker: Int

        static let empty = Stream(
            lane: 0, saturation: 0, headway: 0, waitingInside: 0, junction: -1, sign: 0, isSearched: false,
            firstGreen: 0, greenStride: 0, turnsOnRed: false, givesWay: false, isWatched: false, gaps: 0,
            firstPriority: 0, endPriority: 0, firstCrossing: 0,
            endCrossing: 0, firstTarget: 0, endTarget: 0, firstBlocker: 0, endBlocker: 0)
    }

    /// A road of the region to which a stream sends vehicles.
    struct Target {
        var road: Int
        var share: Float
        var steps: Int

        static let empty = Target(road: 0, share: 0, steps: 1)
    }

    /// Who has priority over a stream, with ``KernelLayout/Foe/weight``.
    struct Foe {
        var source: Source
        var weight: Float

        static let empty = Foe(source: .empty, weight: 1)
    }

    /// Something that is simulated, by number, or recorded, by row.
    struct Source {
        var number: Int
        var isRecorded: Bool

        static let empty = Source(number: 0, isRecorded: true)
    }

    var roads: [Road] = []
    var lanes: [Lane] = []
    var streams: [Stream] = []
    var foes: [Foe] = []
    var targets: [Target] = []
    /// Roads right behind the node whose queues block a stream.
    var blockers: [Source] = []
    /// Length of all ring buffers.
    var ringLength = 0
    /// Shares and flows by interval and then by stream, or lane: ``Kernel/shares``, ``Kernel/laneShares`` and
    /// ``Kernel/unfollowed``.
    var shares: [Float] = []
    var laneShares: [Float] = []
    var unfollowed: [Float] = []
    /// Recorded room by row and step, 1 where it is enough for any flow, as it was one second before.
    var recordedRoom: [[Float]] = []
    /// What streams outside the region claim by row and step, one second before.
    var recordedClaims: [[Float]] = []
    /// Junctions of the region, as numbers in the model, the one that is searched first.
    var junctions: [Int] = []
    /// Where the greens of each junction begin in a table of the greens of all of them, second by second.
    var firstGreen: [Int] = []
}
