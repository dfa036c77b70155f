import SignalModel

extension FlowEstimator {
    /// The queues that stand over the entries of lanes at which traffic enters the network when the period ends.
    func findStandingQueues() -> [LaneID: StandingQueue] {
        var result: [LaneID: StandingQueue] = [:]
        for link in network.links where boundary.contains(link.from) {
            for lane in link.vehicleLanes {
                guard let counts = laneProfile(lane.id, .entry)?.counts, let entry = occupancy(of: lane.id, .entry),
                    let queue = StandingQueue(
                        counts: counts, entry: entry,
                        stopLine: occupancy(of: lane.id, .stopLine) ?? Array(repeating: 0, count: intervals),
                        intervalLength: table.intervalLength),
                    leavesTheLink(from: lane.id)
                else { continue }
                result[lane.id] = queue
            }
        }
        return result
    }

    private func leavesTheLink(from lane: LaneID) -> Bool {
        network.movements.contains { $0.connections.contains { $0.from == lane } }
    }

    /// Occupancy of a lane's detector by interval; nil where it was not measured.
    func occupancy(of lane: LaneID, _ purpose: DetectorPurpose) -> [Double]? {
        detectors[lane]?[purpose].flatMap { table.occupancyByInterval[$0] }
    }

    /// What waits outside behind the standing queues.
    func unseenDemand() -> [UnseenDemand] {
        standingQueues.map { lane, queue in
            UnseenDemand(
                lane: lane, start: table.start + Double(queue.start) * table.intervalLength,
                vehicles: queue.unseen.map { $0 * Double(intervals - queue.start) })
        }.sorted { $0.lane < $1.lane }
    }

    /// Adds what waits outside a link to the movements that leave the lanes in which the queues stand: it will turn as
    /// those do that get in.
    func addUnseen(to link: Int, totals: [[Double]], flows: inout Flows) {
        let perHour = 3600 / table.intervalLength
        for lane in network.links[link].lanes {
            guard let queue = standingQueues[lane.id], let unseen = queue.unseen else { continue }
            let ways = index.movementsFrom[link].flatMap { movement in
                network.movements[movement].connections.indices
                    .filter { network.movements[movement].connections[$0].from == lane.id }
                    .map { (movement: movement, connection: $0, vehicles: totals[movement][$0]) }
            }
            let all = ways.reduce(0) { $0 + $1.vehicles }
            for way in ways {
                let name = network.movements[way.movement].id
                guard let number = flows.movements.firstIndex(where: { $0.movement == name }) else { continue }
                let share = all > 0 ? way.vehicles / all : 1 / Double(ways.count)
                flows.movements[number].add(unseen * share * perHour, from: queue.start, by: way.connection)
            }
            for number in flows.sources.indices where flows.sources[number].link == network.links[link].id {
                for interval in queue.start..<intervals {
                    flows.sources[number].flowPerHour[interval] += unseen * perHour
                }
            }
        }
    }
}

extension MovementFlow {
    /// Adds a flow that nobody has counted, and which may as well be nothing, from an interval on by one connection.
    fileprivate mutating func add(_ more: Double, from start: Int, by connection: Int) {
        let known = flowPerHour.reduce(0, +)
        for interval in start..<flowPerHour.count {
            flowPerHour[interval] += more
            let error = standardErrorPerHour[interval]
            standardErrorPerHour[interval] = (error * error + more * more).squareRoot()
        }
        let sum = flowPerHour.reduce(0, +)
        guard sum > 0 else { return }
        for lane in laneShares.indices {
            laneShares[lane] = (laneShares[lane] * known + (lane == connection ? sum - known : 0)) / sum
        }
    }
}
