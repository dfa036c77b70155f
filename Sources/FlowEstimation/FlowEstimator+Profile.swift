import SignalModel

extension FlowEstimator {
    /// Spreads the totals over the intervals.
    func profile(
        entries: [CountProfile?], totals: [[Double]], variances: [Double], departures: [[[Double]]], sources: [Double]
    ) -> Flows {
        let perHour = 3600 / table.intervalLength
        var movementFlows: [MovementFlow] = []
        for (link, value) in network.links.enumerated() where !index.movementsFrom[link].isEmpty {
            let members = index.movementsFrom[link]
            let leaving = members.reduce(0) { $0 + totals[$1].reduce(0, +) }
            let level = demandLevel(link: link, leaving: leaving, entries: entries)
            let unserved = unservedByLane(of: value, unserved: level.reduce(0, +) - leaving)
            let shares =
                journeyShares(of: value, members: members, totals: totals, departures: departures)
                ?? laneShapes(of: value, members: members, totals: totals, unserved: unserved)
            var vehicles = (0..<intervals).map { interval in shares.map { $0[interval] * level[interval] } }
            // Minutes and turns vary together: what the whole period says of a turn must be kept.
            let turns = members.map { totals[$0].reduce(0, +) }
            if level.reduce(0, +) < leaving * 1.001,
                let balanced = try? Furness(pattern: vehicles, origins: level, destinations: turns)
            {
                vehicles = balanced.flows
            }
            for (position, movement) in members.enumerated() {
                let total = totals[movement].reduce(0, +)
                let flow = vehicles.map { $0[position] * perHour }
                let variance = variances[movement]
                let evenError = variance.squareRoot() / Double(intervals) * perHour
                let spread = flow.indices.map { interval in
                    // Error of the share, the Poisson error of the interval's own count, and that of filled gaps.
                    let shareError = total > 0 ? flow[interval] * variance.squareRoot() / total : evenError
                    let mean = leaving > 0 ? total / leaving : 0
                    let share = max(mean, shares[position][interval])
                    // One vehicle in twenty comes so near the end of an interval that it may be put into the next one.
                    let counted = 1.05 * share * max(1, level[interval])
                    let gap = share * share * (entries[link]?.gapVariance[interval] ?? 0)
                    return (shareError * shareError + (counted + gap) * perHour * perHour).squareRoot()
                }
                let count = totals[movement].count
                movementFlows.append(
                    MovementFlow(
                        movement: network.movements[movement].id, flowPerHour: flow, standardErrorPerHour: spread,
                        laneShares: total > 0
                            ? totals[movement].map { $0 / total } : Array(repeating: 1 / Double(count), count: count)))
            }
        }
        var sourceFlows: [LinkFlow] = []
        for (link, total) in sources.enumerated() where total > 0.5 {
            let shape = entries[link]?.counts ?? Array(repeating: total / Double(intervals), count: intervals)
            let sum = shape.reduce(0, +)
            guard sum > 0 else { continue }
            sourceFlows.append(
                LinkFlow(
                    link: network.links[link].id, flowPerHour: shape.map { $0 / sum * total * perHour }))
        }
        var flows = Flows(
            start: table.start, intervalLength: table.intervalLength, intervalCount: intervals, sources: sourceFlows,
            movements: movementFlows)
        for link in network.links.indices where boundary.contains(network.links[link].from) {
            if let queue = hiddenQueue(before: network.links[link], counts: entries[link]?.counts) {
                retime(&flows, on: link, by: queue)
            }
        }
        for link in network.links.indices { addUnseen(to: link, totals: totals, flows: &flows) }
        return flows
    }

    /// The queue that has stood over the entry of a link at which traffic enters the network; nil where none has.
    private func hiddenQueue(before link: Link, counts: [Double]?) -> HiddenQueue? {
        let coverage = link.lanes.compactMap { occupancy(of: $0.id, .entry) }
        guard let counts, !coverage.isEmpty else { return nil }
        let greatest = (0..<intervals).map { interval in coverage.reduce(0) { max($0, $1[interval]) } }
        let standing = link.lanes.compactMap { standingQueues[$0.id] }.filter { $0.unseen != nil }.map(\.start).min()
        return HiddenQueue(counts: counts, occupancy: greatest, standing: standing)
    }

    /// Puts the demand of a link to the times at which it came to the queue before its entry.
    private func retime(_ flows: inout Flows, on link: Int, by queue: HiddenQueue) {
        let name = network.links[link].id
        for source in flows.sources.indices where flows.sources[source].link == name {
            flows.sources[source].flowPerHour = queue.moved(flows.sources[source].flowPerHour)
        }
        let members = Set(index.movementsFrom[link].map { network.movements[$0].id })
        for number in flows.movements.indices where members.contains(flows.movements[number].movement) {
            let counted = flows.movements[number].flowPerHour
            let came = queue.moved(counted)
            flows.movements[number].flowPerHour = came
            // What has been moved is known no better than that.
            flows.movements[number].standardErrorPerHour = came.indices.map { interval in
                let error = flows.movements[number].standardErrorPerHour[interval]
                let moved = came[interval] - counted[interval]
                return (error * error + moved * moved).squareRoot()
            }
        }
    }

    /// Vehicles that want to leave a link in each interval: its entry counts where there are any.
    private func demandLevel(link: Int, leaving: Double, entries: [CountProfile?]) -> [Double] {
        guard let counts = entries[link]?.counts else {
            return Array(repeating: leaving / Double(intervals), count: intervals)
        }
        let total = counts.reduce(0, +)
        guard total > 0 else { return Array(repeating: 0, count: intervals) }
        // Where as much leaves as enters, what ends on the link is left out; where a queue grows, all of it is demand.
        let stop = network.links[link].lanes.compactMap { laneProfile($0.id, .stopLine) }
        let isQueueing = !stop.isEmpty && leaving < 0.93 * total
        let scale = isQueueing ? 1 : min(1 + beginningBehindEntry(of: link) / total, leaving / total)
        return counts.map { $0 * scale }
    }

    /// Share of each movement among those that enter a link, by interval; nil unless all lanes are counted at both ends.
    private func journeyShares(
        of link: Link, members: [Int], totals: [[Double]], departures: [[[Double]]]
    ) -> [[Double]]? {
        let lanes = link.vehicleLanes
        let entries = lanes.compactMap { laneProfile($0.id, .entry)?.counts }
        let exits = lanes.compactMap { laneProfile($0.id, .stopLine)?.counts }
        guard !lanes.isEmpty, entries.count == lanes.count, exits.count == lanes.count else { return nil }
        let travelTime = link.length / max(1, link.freeFlowSpeed) / table.intervalLength
        let journeys = LinkJourneys(entries: entries, exits: exits, travelTime: travelTime)
        var result = members.map { _ in Array(repeating: 0.0, count: intervals) }
        for (number, lane) in lanes.enumerated() {
            var ways: [(position: Int, total: Double, departures: [Double])] = []
            for (position, movement) in members.enumerated() {
                for (way, connection) in network.movements[movement].connections.enumerated()
                where connection.from == lane.id {
                    ways.append((position, totals[movement][way], departures[movement][way]))
                }
            }
            let total = ways.reduce(0) { $0 + $1.total }
            guard total > 0 else { continue }
            let isTimed = ways.allSatisfy { $0.departures.count == intervals }
            let shares = (0..<intervals).map { interval -> [Double] in
                let sum = isTimed ? ways.reduce(0) { $0 + $1.departures[interval] } : 0
                return ways.map { sum > 0 ? $0.departures[interval] / sum : $0.total / total }
            }
            for interval in 0..<intervals {
                for (later, vehicles) in journeys.byLane[number][interval].enumerated() where vehicles > 0 {
                    for (way, value) in ways.enumerated() {
                        let share = interval + later < intervals ? shares[interval + later][way] : value.total / total
                        result[value.position][interval] += vehicles * share
                    }
                }
            }
        }
        let leaving = members.map { totals[$0].reduce(0, +) }
        let sum = leaving.reduce(0, +)
        for interval in 0..<intervals {
            let here = result.reduce(0) { $0 + $1[interval] }
            for position in members.indices {
                result[position][interval] =
                    here > 0
                    ? result[position][interval] / here
                    : sum > 0 ? leaving[position] / sum : 1 / Double(members.count)
            }
        }
        return result
    }

    /// Demand that has not come to the stop line, by lane: it stands in the lanes whose stop lines are covered longest.
    private func unservedByLane(of link: Link, unserved: Double) -> [LaneID: Double] {
        guard unserved > 0 else { return [:] }
        let weights = link.lanes.map { lane in
            let covered = detectors[lane.id]?[.stopLine].flatMap { table.occupancy[$0] } ?? 0
            return max(0, covered - 0.3)
        }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return [:] }
        return Dictionary(
            zip(link.lanes, weights).map { ($0.id, unserved * $1 / sum) }, uniquingKeysWith: { first, _ in first })
    }

    /// Share of each movement among those that leave a link, by interval, from the lanes' stop-line counts.
    private func laneShapes(
        of link: Link, members: [Int], totals: [[Double]], unserved: [LaneID: Double]
    ) -> [[Double]] {
        var result = members.map { _ in Array(repeating: 0.0, count: intervals) }
        for lane in link.lanes {
            var laneTotal = 0.0
            for movement in members {
                for (number, connection) in network.movements[movement].connections.enumerated()
                where connection.from == lane.id { laneTotal += totals[movement][number] }
            }
            guard laneTotal > 0 else { continue }
            let counts = laneProfile(lane.id, .stopLine)?.counts
            let counted = counts?.reduce(0, +) ?? 0
            let waiting = (unserved[lane.id] ?? 0) / Double(intervals)
            let mean = laneTotal / Double(intervals)
            for interval in 0..<intervals {
                var level = mean
                if let counts, counted > 0 {
                    // Behind a queue the mix at the stop line lags and is levelled; elsewhere it is the demand's own.
                    let reach = Int((unserved.isEmpty ? 300 : 900) / table.intervalLength - 1) / 2
                    let near = max(0, interval - reach)...min(intervals - 1, interval + reach)
                    let local = near.reduce(0) { $0 + counts[$1] } / Double(near.count) * laneTotal / counted
                    // By what is expected, not by what came: else an interval without vehicles would tell nothing, and
                    // the lanes with few would gain.
                    let weight = mean * Double(near.count)
                    let pull = unserved.isEmpty ? 0.5 : 10
                    level = (local * weight + mean * pull) / (weight + pull)
                }
                for (position, movement) in members.enumerated() {
                    for (number, connection) in network.movements[movement].connections.enumerated()
                    where connection.from == lane.id {
                        result[position][interval] += (level + waiting) * totals[movement][number] / laneTotal
                    }
                }
            }
        }
        for interval in 0..<intervals {
            let sum = result.reduce(0) { $0 + $1[interval] }
            for position in members.indices {
                result[position][interval] = sum > 0 ? result[position][interval] / sum : 1 / Double(members.count)
            }
        }
        return result
    }
}
