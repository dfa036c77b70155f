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
        var sum = 0.0
        var clearing = 0.0
        let first = model.layout.lanes[stream.lane].reachedFrom
        var (early, late) = (0.0, 0.0)
        for step in 0..<steps {
            let green = stream.group.map { greens.shares[$0 * steps + step] } ?? 1
            let isOnRed = green == 0 && stream.turnOnRed
            if step < first {
                early += isOnRed ? 1 : green
                continue
            }
            late += isOnRed ? 1 : green
            if green == 0 {
                sum += clearing
                clearing = 0
            }
            guard green > 0 || isOnRed else { continue }
            let gap = gapShare(of: number, against: isOnRed ? stream.crossing : stream.priority, step, greens)
            var rate = (isOnRed ? 1 : green) * gap * model.stepLength / stream.headway
            if step > 0 {
                for target in stream.targets where target.isAdjacent {
                    rate *= min(1, room[target.road * steps + step - 1])
                }
            }
            sum += rate
            if !isOnRed { clearing = stream.waitingInside * (1 - gap) }
        }
        return late > 0 ? sum * (early + late) / late : sum
    }

    /// Share of the saturation flow of a stream that finds a gap.
    private func gapShare(of number: Int, against foes: [Int], _ step: Int, _ greens: GreenTable) -> Double {
        guard step > 0, !foes.isEmpty || !model.streams[number].unfollowedFoes.isEmpty else { return 1 }
        var flow = model.unfollowedFoes[number * model.intervalCount + step / model.stepsPerInterval]
        for foe in foes { flow += rightOfWay(of: foe, step, greens) }
        let entry = KernelLayout.gapEntry(flow)
        return model.layout.gapShares[number * KernelLayout.gapSteps + entry]
    }

    /// What a stream sent a second ago, or is about to send from a queue that has just got green, vehicles per step.
    private func rightOfWay(of stream: Int, _ step: Int, _ greens: GreenTable) -> Double {
        let row = departures + stream * model.stepCount
        guard let group = model.streams[stream].group else { return row[step - 1] }
        let green = greens.shares + group * model.stepCount
        let later = min(step + model.layout.startSteps, model.stepCount - 1)
        guard green[max(0, step - 2)] == 0, green[step - 1] < 1, green[later] > 0 else { return row[step - 1] }
        return (step - 1...later).reduce(0) { max($0, row[$1]) }
    }
}
