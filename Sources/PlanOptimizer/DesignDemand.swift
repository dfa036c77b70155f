import SignalModel

/// The demand that a plan is made for: what was counted, with other luck.
///
/// Within a few minutes it is chance who of an approach turns where, and a turn at its capacity pays for every minute in
/// which more come than the mean. A plan for smooth flows gives turns too little green, and one for the very minutes that
/// were counted is fitted to one hour's luck. So the vehicles of an approach are drawn anew: each mixing period keeps its
/// vehicles of every movement, each interval its total, and who comes when is shuffled.
struct DesignDemand {
    /// Share by which the demand exceeds what was counted.
    let reserve: Double
    let seed: UInt64

    /// Time within which it is chance who turns where, s: what detectors tell of turns is averaged over as long.
    static let mixingPeriod = 300.0
    /// Vehicles of an approach in a mixing period from which nothing is shuffled.
    private static let mostShuffled = 10_000.0

    /// The demands that a plan is made for.
    static func scenarios(of counted: Flows, in network: Network, settings: OptimizerSettings) -> [Flows] {
        settings.demandScales.flatMap { scale in
            (0..<max(1, settings.draws)).map { draw in
                DesignDemand(
                    reserve: scale * (1 + settings.reserve) - 1, seed: settings.seed &+ UInt64(draw)
                ).flows(from: counted, in: network)
            }
        }
    }

    /// The demand to plan for.
    func flows(from counted: Flows, in network: Network) -> Flows {
        var result = counted
        let factor = 1 + reserve
        for source in result.sources.indices {
            result.sources[source].flowPerHour = result.sources[source].flowPerHour.map { $0 * factor }
        }
        let index = NetworkIndex(network)
        var positions: [Int: Int] = [:]
        for (position, flow) in result.movements.enumerated() {
            if let movement = index.movements[flow.movement] { positions[movement] = position }
        }
        var generator = SeededGenerator(seed: seed)
        for link in network.links.indices {
            let members = index.movementsFrom[link].compactMap { positions[$0] }
            let drawn = shuffled(members.map { counted.movements[$0].flowPerHour }, counted, &generator)
            for (flow, member) in zip(drawn, members) {
                result.movements[member].flowPerHour = flow.map { $0 * factor }
            }
        }
        return result
    }

    /// Flows of the movements of one approach, with their vehicles shuffled within each mixing period.
    private func shuffled(
        _ flows: [[Double]], _ period: Flows, _ generator: inout SeededGenerator
    ) -> [[Double]] {
        let length = Int(Self.mixingPeriod / period.intervalLength)
        guard flows.count > 1, length > 1 else { return flows }
        var result = flows
        let hours = period.intervalLength / 3600
        var unsent = Array(repeating: 0.0, count: flows.count)
        for first in stride(from: 0, to: period.intervalCount, by: length) {
            let intervals = first..<min(first + length, period.intervalCount)
            let totals = intervals.map { interval in flows.reduce(0) { $0 + $1[interval] } }
            let total = totals.reduce(0, +)
            // Among so many, chance evens out.
            guard total * hours < Self.mostShuffled else { continue }
            var vehicles: [Int] = []
            for movement in flows.indices {
                // What rounding leaves goes with the next period, so that the movement's total stays.
                unsent[movement] += intervals.reduce(0) { $0 + flows[movement][$1] * hours }
                let whole = max(0, Int(unsent[movement].rounded()))
                unsent[movement] -= Double(whole)
                vehicles += Array(repeating: movement, count: whole)
            }
            guard total > 0, !vehicles.isEmpty else {
                for movement in flows.indices { unsent[movement] = 0 }
                continue
            }
            vehicles.shuffle(using: &generator)
            var dealt = 0.0
            for (interval, share) in zip(intervals, totals) {
                let next = dealt + share / total * Double(vehicles.count)
                for movement in flows.indices { result[movement][interval] = 0 }
                // A vehicle on the edge of two intervals comes to each with a part of it.
                for number in Int(dealt)..<min(vehicles.count, Int(next.rounded(.up))) {
                    let part = max(0, min(next, Double(number + 1)) - max(dealt, Double(number)))
                    result[vehicles[number]][interval] += part / Double(vehicles.count) * total
                }
                dealt = next
            }
        }
        return result
    }
}
