extension NetworkRun {
    /// Vehicles that a lane could let through in the analysis period, were there always some that wait.
    ///
    /// Who gives way finds the gaps that the run left, and at each end of green there are those who clear from inside
    /// the junction. Movements that share a lane with one of them take turns in proportion to their
    /// arrivals: 1/c = Σ w/c of each alone (as for shared lanes in HCM 2010 chapter 19).
    func capacity(of lane: Int, greens: GreenTable) -> Double {
        let members = model.lanes[lane].streams
        let departed = members.reduce(0) { $0 + totals.departures[$1] }
        guard members.contains(where: { model.streams[$0].givesWay || model.streams[$0].turnOnRed }) else {
            return max(totals.capacity[lane], departed)
        }
        let arrived = members.reduce(0) { $0 + totals.arrivals[$1] }
        guard arrived > 0 else { return totals.capacity[lane] }
        let inverse = members.filter { totals.arrivals[$0] > 0 }.reduce(0) {
            $0 + totals.arrivals[$1] / arrived / capacity(ofStream: $1, greens: greens)
        }
        return max(1 / inverse, departed)
    }

    /// Vehicles that a stream could let through alone on its lane.
    ///
    /// Green before anybody can have come counts as the mean of what follows: then there was nobody to give way to either.
    private func capacity(ofStream number: Int, greens: GreenTable) -> Double {
        let stream = model.streams[number]
        let steps = model.stepCount
        let first = min(model.layout.lanes[stream.lane].reachedFrom, steps)
        func green(_ range: Range<Int>) -> Double {
            guard let group = stream.group else { return Double(range.count) }
            return range.reduce(0) {
                let share = greens.shares[group * steps + $1]
                return $0 + (share == 0 && stream.turnOnRed ? 1 : share)
            }
        }
        let late = green(first..<steps)
        let sum = totals.couldLeave[number]
        return late > 0 ? sum * (green(0..<first) + late) / late : sum
    }
}
