extension NetworkModel {
    /// How much of the green of a junction one lane needs.
    public struct LaneLoad: Sendable {
        /// Peak flow over saturation flow.
        public var flowRatio: Double
        /// Groups that serve the lane, by number in the junction.
        public var groups: [Int]
    }

    /// Loads of the lanes at the stop lines of a junction, from the busiest ten minutes.
    public func laneLoads(at junction: Int) -> [LaneLoad] {
        roadsOfJunction[junction].flatMap { road -> [LaneLoad] in
            guard roads[road].junction == junction else { return [] }
            return roads[road].lanes.map { lane in
                var ratios = Array(repeating: 0.0, count: intervalCount)
                var served = Set<Int>()
                for stream in lanes[lane].streams {
                    if let group = streams[stream].group { served.insert(group - firstGroup[junction]) }
                    let flow = demand(of: stream)
                    for interval in 0..<intervalCount { ratios[interval] += flow[interval] * streams[stream].headway }
                }
                let busiest = ratios.sorted(by: >).prefix(max(1, Int(600 / flows.intervalLength)))
                return LaneLoad(
                    flowRatio: busiest.reduce(0, +) / Double(max(1, busiest.count)), groups: served.sorted())
            }
        }
    }

    /// Traffic that passes the signals of a junction, mean of the analysis period, veh/h.
    public func flowPerHour(through junction: Int) -> Double {
        roadsOfJunction[junction].reduce(0) { sum, road in
            guard roads[road].junction == junction else { return sum }
            return roads[road].lanes.reduce(sum) { sum, lane in
                lanes[lane].streams.reduce(sum) { sum, stream in
                    sum + 3600 * demand(of: stream).reduce(0, +) / Double(max(1, intervalCount))
                }
            }
        }
    }

    /// Demand of a stream in each interval, veh/s.
    func demand(of stream: Int) -> [Double] {
        guard let flow = demandOfMovement[streams[stream].movement] else {
            return Array(repeating: 0, count: intervalCount)
        }
        let share = streams[stream].connections.reduce(0) { $0 + flow.laneShares[$1] }
        return flow.flowPerHour.map { $0 * share / 3600 }
    }
}
