import SignalModel

/// Drives vehicles along their routes at free flow, spreading them evenly over the lanes that their turns allow.
struct TripWalk {
    /// A vehicle's passage over one link of its route.
    struct Step {
        /// When it enters the link, s.
        var entry: Double
        /// When it passes the stop line, s.
        var exit: Double
        /// Speed on the link, m/s.
        var speed: Double
        /// Lane on which it enters.
        var entryLane: LaneID
        /// Lane on which it passes the stop line.
        var exitLane: LaneID
        /// Position in the network of the movement that it leaves by; nil at the end of its route.
        var movement: Int?
        /// Position in the movement of the connection that it leaves by.
        var connection: Int?
    }

    private let network: Network
    private let index: NetworkIndex
    /// Vehicles that have used each movement, and each link as their last.
    private var turns: [Int: Int] = [:]
    private var ends: [Int: Int] = [:]

    init(network: Network) {
        self.network = network
        index = NetworkIndex(network)
    }

    /// The passages of one vehicle; those up to the first link or movement that the network does not have.
    mutating func steps(of trip: Trip) -> [Step] {
        var steps: [Step] = []
        var clock = trip.start
        var arrival: LaneID?
        for (position, name) in trip.route.enumerated() {
            guard let number = index.links[name] else { break }
            let link = network.links[number]
            let next = position + 1 < trip.route.count ? trip.route[position + 1] : nil
            let movement = next.flatMap { next in
                index.movementsFrom[number].first {
                    network.movements[$0].to == next && !network.movements[$0].connections.isEmpty
                }
            }
            let connection = movement.map { nextConnection(of: $0) }
            let leaving = movement.flatMap { movement in
                connection.map { network.movements[movement].connections[$0] }
            }
            guard let lane = leaving?.from ?? arrival ?? nextLane(of: number) else { break }
            let speed = speed(on: lane, of: link)
            let exit = clock + link.length / speed
            steps.append(
                Step(
                    entry: clock, exit: exit, speed: speed, entryLane: entryLane(arrival, lane, into: steps.last),
                    exitLane: lane, movement: movement, connection: connection))
            guard let leaving else { break }
            clock = exit + leaving.length / max(0.1, min(leaving.speed, speed))
            arrival = leaving.to
        }
        return steps
    }

    private func speed(on lane: LaneID, of link: Link) -> Double {
        let own = link.lanes.first { $0.id == lane }?.freeFlowSpeed ?? link.freeFlowSpeed
        return max(0.1, min(own, network.vehicles.greatestSpeed ?? own))
    }

    /// The lane that a vehicle enters on: the one that it will leave by, if the movement before leads there.
    private func entryLane(_ arrival: LaneID?, _ exit: LaneID, into before: Step?) -> LaneID {
        guard let arrival, let before, let movement = before.movement, let connection = before.connection else {
            return exit
        }
        let from = network.movements[movement].connections[connection].from
        let leads = network.movements[movement].connections.contains { $0.from == from && $0.to == exit }
        return leads ? exit : arrival
    }

    private mutating func nextConnection(of movement: Int) -> Int {
        let turn = turns[movement, default: 0]
        turns[movement] = turn + 1
        return turn % network.movements[movement].connections.count
    }

    private mutating func nextLane(of link: Int) -> LaneID? {
        let lanes = network.links[link].lanes.filter { $0.use == .general }
        guard !lanes.isEmpty else { return nil }
        let turn = ends[link, default: 0]
        ends[link] = turn + 1
        return lanes[turn % lanes.count].id
    }
}
