import SignalModel

extension FlowEstimator {
    /// When the vehicles of each connection left the stop line, interval by interval.
    ///
    /// What left a lane in a reading is shared out so that it comes to the detectors behind when they count: the flows
    /// of the period, by connection and delay, are the pattern of a Furness fit whose origins are the readings at the
    /// stop lines and whose destinations are those behind.
    func depart(
        _ unknowns: [(movement: Int, connection: Int)], passages: [Passage], flows: [[Double]], mixed: Set<Int>,
        into departures: inout [[[Double]]]
    ) {
        let ends = unknowns.map { unknown -> [LaneID] in
            let lane = connection(unknown).to
            guard let link = index.links[network.movements[unknown.movement].to] else { return [lane] }
            guard mixed.contains(link) else { return [lane] }
            return network.links[link].vehicleLanes.map(\.id)
        }
        let lanes = Set(unknowns.map { connection($0).from }).sorted()
        let origins = lanes.map { lane in
            detectors[lane]?[.stopLine].flatMap { table.fine[$0] }?.map { $0 ?? 0 }
        }
        let groups = Set(ends).sorted { $0.lexicographicallyPrecedes($1) }
        let destinations = groups.map { fineEntries($0) }
        let ways = unknowns.indices.compactMap { number -> Way? in
            guard let origin = lanes.firstIndex(of: connection(unknowns[number]).from), let counts = origins[origin],
                let destination = groups.firstIndex(of: ends[number]), passages[number].isTraced
            else { return nil }
            return Way(
                unknown: number, origin: origin, destination: destination, firstDelay: passages[number].firstDelay,
                cells: flows[number].map { flow in counts.map { $0 * flow } })
        }
        let fitted = Self.fit(ways, origins: origins, destinations: destinations)
        for way in fitted {
            var sums = Array(repeating: 0.0, count: intervals)
            for cells in way.cells { share(cells, outTo: &sums) }
            let unknown = unknowns[way.unknown]
            departures[unknown.movement][unknown.connection] = sums
        }
    }

    /// Adds vehicles by reading to those by interval, in proportion where a reading straddles intervals.
    private func share(_ cells: [Double], outTo sums: inout [Double]) {
        let length = table.fineLength / table.intervalLength
        for (step, value) in cells.enumerated() {
            let (start, end) = (Double(step) * length, Double(step + 1) * length)
            var interval = Int(start + 1e-9)
            while interval < intervals, Double(interval) < end - 1e-9 {
                let part = min(end, Double(interval + 1)) - max(start, Double(interval))
                sums[interval] += value * max(0, part) / length
                interval += 1
            }
        }
    }

    /// Vehicles of one connection, by delay and reading in which they leave.
    struct Way {
        let unknown: Int
        let origin: Int
        let destination: Int
        let firstDelay: Int
        var cells: [[Double]]
    }

    private static func fit(_ ways: [Way], origins: [[Double]?], destinations: [[Double?]?]) -> [Way] {
        var ways = ways
        let count = origins.compactMap { $0?.count }.max() ?? 0
        func scaleToOrigins() {
            var sums = origins.map { _ in Array(repeating: 0.0, count: count) }
            for way in ways {
                for cells in way.cells { for step in cells.indices { sums[way.origin][step] += cells[step] } }
            }
            for number in ways.indices {
                guard let counts = origins[ways[number].origin] else { continue }
                let sum = sums[ways[number].origin]
                for delay in ways[number].cells.indices {
                    for step in counts.indices where sum[step] > 0 {
                        ways[number].cells[delay][step] *= counts[step] / sum[step]
                    }
                }
            }
        }
        scaleToOrigins()
        for _ in 0..<30 {
            var sums = destinations.map { _ in Array(repeating: 0.0, count: count) }
            for way in ways {
                for (delay, cells) in way.cells.enumerated() {
                    let shift = way.firstDelay + delay
                    guard shift < count else { continue }
                    for step in 0..<(count - shift) { sums[way.destination][step + shift] += cells[step] }
                }
            }
            for number in ways.indices {
                guard let counts = destinations[ways[number].destination] else { continue }
                let sum = sums[ways[number].destination]
                for delay in ways[number].cells.indices {
                    let shift = ways[number].firstDelay + delay
                    guard shift < count else { continue }
                    for step in 0..<(count - shift) {
                        guard let counted = counts[step + shift] else { continue }
                        // Somewhat more than nothing may come where nothing is counted: delays may lie outside the pattern.
                        ways[number].cells[delay][step] *= (counted + 0.05) / (sum[step + shift] + 0.05)
                    }
                }
            }
            scaleToOrigins()
        }
        return ways
    }
}
