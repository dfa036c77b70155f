import SignalModel

/// A network and its demand, laid out for simulation as queues at stop lines, second by second.
///
/// Roads are the links whose queues are followed: every approach to a signal, and links upstream of a short approach.
/// A road's lanes are queues; a lane's streams are its movements. What happens between roads, over
/// nodes without signals, is a travel time and a share.
public struct NetworkModel: Sendable {
    /// One followed link.
    struct Road: Sendable {
        var link: Int
        /// Junction at the downstream end; nil where no signal rules it.
        var junction: Int?
        var lanes: Range<Int>
        /// Free travel time from entry to stop line, s.
        var travelTime: Double
        /// Whole steps before the first of a platoon arrives, and the share of them that need one step more.
        var lag: Int
        var lateShare: Double
        /// F of Robertson's recursion.
        var smoothing: Double
        /// Share of those who want another lane that get past a full one.
        var passingShare: Double
        /// Weight in the performance index of the time that vehicles wait before the road because it is full.
        var overflowWeight: Double
    }

    /// One lane of a road.
    struct LaneQueue: Sendable {
        var road: Int
        var lane: LaneID
        var streams: Range<Int>
        /// Vehicles that fit between entry and stop line.
        var storage: Double
        /// Steps until the room left by a departure has reached the entry.
        var dissolvingSteps: Int
    }

    /// One movement out of one lane of a road.
    struct Stream: Sendable {
        var lane: Int
        var movement: Int
        /// Connections of the movement out of the lane.
        var connections: [Int]
        /// Number in ``groups``; nil where no signal rules the stream.
        var group: Int?
        var headway: Double
        var startLag: Double
        var endGain: Double
        var waitingInside: Double
        var turnOnRed: Bool
        /// Streams that this one gives way to on green.
        var priority: [Int]
        /// Movements that this one gives way to and that start on no followed road.
        var unfollowedFoes: [Int]
        /// Streams that this one gives way to when it turns on red.
        var crossing: [Int]
        var criticalGap: Double
        var targets: [Target]

        var givesWay: Bool { !priority.isEmpty || !unfollowedFoes.isEmpty }
    }

    /// Where the vehicles of a stream come to next.
    struct Target: Sendable {
        var road: Int
        var share: Double
        /// Travel time from the stop line to the entry of the road, whole steps, at least 1.
        var steps: Int
        /// True where the road begins right behind the node, so that its queue blocks the stream.
        var isAdjacent: Bool
    }

    /// A signal group by junction and number.
    struct Group: Sendable {
        var junction: Int
        var number: Int
    }

    /// The network.
    public let network: Network
    /// The demand.
    public let flows: Flows
    /// The model's constants.
    public let settings: ModelSettings
    /// Rules of each junction, in the network's order.
    public let rules: [JunctionRules]
    /// Number of time steps.
    public let stepCount: Int
    /// Length of a step, s.
    public let stepLength: Double
    let stepsPerInterval: Int
    /// Number of intervals of the demand.
    public let intervalCount: Int
    let roads: [Road]
    let lanes: [LaneQueue]
    let streams: [Stream]
    let groups: [Group]
    /// First number in ``groups`` of each junction.
    let firstGroup: [Int]
    /// Share of a road's arrivals on each stream: `[stream * intervalCount + interval]`.
    let streamShares: [Double]
    /// Flow of ``Stream/unfollowedFoes``, veh/s: `[stream * intervalCount + interval]`.
    let unfollowedFoes: [Double]
    /// Vehicles per step that come to each road from outside: `[road * stepCount + step]`.
    let external: [Double]
    /// Roads that each junction's signals rule, with the roads upstream that its queues are followed on.
    let roadsOfJunction: [[Int]]
    /// Positions of the junctions that get a good part of their traffic from each junction, by junction.
    public let downstream: [[Int]]
    /// Flow of each movement that has one, by position.
    let demandOfMovement: [Int: MovementFlow]
    /// The parts that the simulation touches.
    let layout: KernelLayout
    /// Vehicles that the sources send in the analysis period.
    public let vehicleCount: Double

    /// Number of junctions.
    public var junctionCount: Int { network.junctions.count }

    /// Roads of a junction and those of the junctions downstream that its vehicles come to.
    func roadsReached(from junction: Int) -> [Int] {
        let ahead = Set(downstream[junction].flatMap { roadsOfJunction[$0] })
        var reached = Set(roadsOfJunction[junction])
        var open = roadsOfJunction[junction]
        while let road = open.popLast() {
            for stream in lanes[roads[road].lanes].flatMap({ streams[$0.streams] }) {
                for target in stream.targets where ahead.contains(target.road) && reached.insert(target.road).inserted {
                    if roads[target.road].junction == nil { open.append(target.road) }
                }
            }
        }
        return reached.sorted()
    }
}
