extension CyclicNetwork {
    /// Floating-point operations on one candidate that a visit of a road takes at least: additions, multiplications, and
    /// lesser or greater of two, each as one, over the seconds of the cycle.
    ///
    /// Mixing: 2 for each source. Dispersion: 2 (Robertson's recursion with F in the weights), 3 more where the lag is no
    /// whole number of seconds, and 2 in each second that the turn of the cycle before is felt in. Queue of each lane
    /// group: 4 to find the queue at the start of the cycle (product, difference, sum, greater), 7 to run it (sum, product,
    /// lesser for the departures, difference; sum of the queue; lesser and sum of the stops). Giving way: 7 for each part of a lane
    /// group and 2 for each opposing one. What is computed beyond that does not count: greens of the plans, the check of
    /// what has changed, and costs.
    func operations(ofRoad number: Int) -> Int {
        let road = roads[number]
        let spread = road.dispersion
        let isWhole = spread.lag == spread.lag.rounded(.down)
        var inEachSecond = 2 * road.sources.count + (isWhole ? 2 : 5) + 11 * road.groups.count
        for part in groups[road.groups].filter(\.givesWay).flatMap(\.parts) { inEachSecond += 7 + 2 * part.foes.count }
        var felt = 0
        var left = 1 - spread.smoothing
        while felt < cycle, left >= 1e-9 {
            left *= 1 - spread.smoothing
            felt += 1
        }
        return inEachSecond * cycle + 2 * felt
    }
}
