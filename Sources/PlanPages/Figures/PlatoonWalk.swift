/// Follows vehicles of a platoon along a street: at free-flow speed between stop lines, and through the queues of the cyclic flow
/// profiles at them.
struct PlatoonWalk {
    private let stops: [CyclicView.Seen]
    private let times: [Double]
    private let cycle: Int

    /// - Parameter times: Travel time from each stop to the next, s.
    /// - Returns: nil where a stop has no profile, or they do not have one cycle in common.
    init?(stops: [CyclicView.Seen?], times: [Double]) {
        let known = stops.compactMap { $0 }
        guard known.count == stops.count, let first = known.first, known.allSatisfy({ $0.cycle == first.cycle }) else {
            return nil
        }
        self.stops = known
        self.times = times
        cycle = first.cycle
    }

    /// Some of the vehicles that leave the first stop in a cycle, as many after each of them.
    func vehicles(count: Int) -> [[StreetPassage]] {
        let departures = stops[0].profile.departures
        let all = departures.reduce(0, +)
        guard all > 0 else { return [] }
        return (0..<count).map { number in
            way(from: instant(of: all * (Double(number) + 0.5) / Double(count), in: departures))
        }
    }

    /// When so many vehicles have left, s.
    private func instant(of vehicle: Double, in departures: [Double]) -> Double {
        var gone = 0.0
        for (second, count) in departures.enumerated() {
            if gone + count >= vehicle, count > 0 { return Double(second) + (vehicle - gone) / count }
            gone += count
        }
        return Double(cycle)
    }

    private func way(from start: Double) -> [StreetPassage] {
        var passages = [StreetPassage(arrival: start, departure: start)]
        for (stop, time) in zip(stops.dropFirst(), times) {
            let arrival = passages[passages.count - 1].departure + time
            passages.append(StreetPassage(arrival: arrival, departure: departure(from: stop, arrival: arrival)))
        }
        return passages
    }

    /// When a vehicle leaves: when all that stood there at the end of the second of its arrival have left.
    private func departure(from stop: CyclicView.Seen, arrival: Double) -> Double {
        var second = Int(arrival.rounded(.down))
        var ahead = stop.profile.queue[second % cycle]
        guard ahead > 1e-6 else { return arrival }
        for _ in 0..<(3 * cycle) {
            second += 1
            let leaving = stop.profile.departures[second % cycle]
            if leaving >= ahead { return max(arrival, Double(second) + (leaving > 0 ? ahead / leaving : 0)) }
            ahead -= leaving
        }
        return Double(second)
    }
}
