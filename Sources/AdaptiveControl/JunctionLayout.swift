import PerformanceModel
import SignalModel

/// A junction as the control law sees it: lanes that lead to its signals, streams on them, and exits.
///
/// Everything is numbered; the order is that of the network, so that it is the same every time.
public struct JunctionLayout: Sendable {
    /// A lane that ends at a signal of the junction.
    public struct ApproachLane: Equatable, Sendable {
        /// Name of the lane.
        public var id: LaneID
        /// Link that it belongs to.
        public var link: LinkID
        /// Length, m.
        public var length: Double
        /// Free-flow speed, m/s.
        public var speed: Double
        /// Numbers of the streams that leave it.
        public var streams: [Int]
    }

    /// Vehicles of one lane that make one movement.
    public struct Stream: Equatable, Sendable {
        /// Number of the lane.
        public var lane: Int
        /// The movement.
        public var movement: MovementID
        /// Link that it leads to.
        public var target: LinkID
        /// Number of the signal group.
        public var group: Int
        /// Streams that go first where both are green.
        public var priority: [Int]
        /// Numbers of the exits that it can lead to.
        public var exits: [Int]
        /// Positions in the controller's state string.
        public var signals: [Int]
        /// Time between vehicles that leave a queue, s.
        public var headway: Double
        /// Whether vehicles can wait inside the junction until those with the right of way have gone.
        public var waitsInside: Bool
    }

    /// A lane behind the junction.
    public struct ExitLane: Equatable, Sendable {
        /// Name of the lane.
        public var id: LaneID
        /// Length, m.
        public var length: Double
    }

    /// Name of the junction.
    public let junction: JunctionID
    /// Its rules.
    public let rules: ControlRules
    /// Lanes that end at a signal.
    public let lanes: [ApproachLane]
    /// Streams of all lanes.
    public let streams: [Stream]
    /// Lanes behind the junction.
    public let exits: [ExitLane]
    /// Length of road that a standing vehicle takes up, m.
    public let spacing: Double
    /// Lanes in an order in which those that others give way to come first.
    let lanesByPriority: [Int]

    /// Describes one junction of a network.
    ///
    /// - Throws: ``AdaptiveError`` where there is no such junction, or its rules cannot be kept in whole seconds.
    public init(_ id: JunctionID, in network: Network) throws(AdaptiveError) {
        guard let junction = network.junctions.first(where: { $0.id == id }) else { throw .unknownJunction(id) }
        self.junction = id
        rules = try ControlRules(junction)
        let builder = LayoutBuilder(junction: junction, network: network)
        lanes = builder.lanes
        streams = builder.streams
        exits = builder.exits
        spacing = max(1, network.vehicles.spacing)
        lanesByPriority = Self.order(lanes, streams)
    }

    /// Lanes whose streams give way to fewer come first.
    private static func order(_ lanes: [ApproachLane], _ streams: [Stream]) -> [Int] {
        let yields = lanes.map { lane in lane.streams.map { streams[$0].priority.count }.max() ?? 0 }
        return lanes.indices.sorted { (yields[$0], $0) < (yields[$1], $1) }
    }

    /// Vehicles of each stream of a lane that were seen inside the junction; nil unless somebody looks at all of them.
    ///
    /// - Parameter crossed: By stream, vehicles that were seen there for the first time; nil where nobody looks.
    func passed(_ crossed: [Int?], from lane: Int) -> [(stream: Int, count: Int)]? {
        var passed: [(stream: Int, count: Int)] = []
        for stream in lanes[lane].streams {
            guard crossed.indices.contains(stream), let count = crossed[stream] else { return nil }
            passed.append((stream, count))
        }
        return passed
    }

    /// Signal groups of each lane that has several.
    var sharedLanes: [GroupSet] {
        lanes.map { GroupSet($0.streams.map { streams[$0].group }) }.filter { $0.bits.nonzeroBitCount > 1 }
    }

    /// Flow on a lane if every movement divides evenly among its lanes, in the unit of the flows of the movements.
    func flow(on lane: Int, of turns: [MovementID: Double]) -> Double {
        lanes[lane].streams.reduce(0) { $0 + flow(ofStream: $1, of: turns) }
    }

    /// Flow of a stream if its movement divides evenly among its lanes, in the unit of the flows of the movements.
    func flow(ofStream stream: Int, of turns: [MovementID: Double]) -> Double {
        let movement = streams[stream].movement
        return (turns[movement] ?? 0) / Double(streams.count { $0.movement == movement })
    }
}
