extension RollingHorizon {
    /// Lets every lane discharge from one second to another under ``opens`` and ``closes``.
    ///
    /// The new state lies in ``newHeads``, ``newReadies`` and ``newUsed`` afterwards.
    /// - Returns: Cost of the vehicles that departed.
    mutating func discharge(from cell: Int, begin: Float, end: Float) -> Float {
        Self.copy(laneCount, of: heads, from: cell * laneCount, to: &newHeads, at: 0)
        Self.copy(laneCount, of: readies, from: cell * laneCount, to: &newReadies, at: 0)
        Self.copy(exitCount, of: used, from: cell * exitCount, to: &newUsed, at: 0)
        for lane in 0..<laneCount { departureCounts[lane] = 0 }
        var cost: Float = 0
        for lane in lanesByPriority where mayDischarge(lane, begin: begin, end: end) {
            cost += discharge(lane, begin: begin, end: end)
        }
        return cost
    }

    /// Copies elements, with one look at who else has the array instead of one for each element.
    static func copy<Element>(
        _ count: Int, of source: [Element], from start: Int, to target: inout [Element], at place: Int
    ) {
        var elements = target.mutableSpan
        let source = source.span
        for number in 0..<count { elements[place + number] = source[start + number] }
    }

    /// Whether the first vehicle of a lane is there and has green.
    private func mayDischarge(_ lane: Int, begin: Float, end: Float) -> Bool {
        let head = newHeads[lane]
        guard head < laneStarts[lane + 1], arrivals[head] < end, newReadies[lane] < end else { return false }
        let group = groupOfStream[streams[head]]
        return closes[group] > begin && opens[group] < end
    }

    private mutating func discharge(_ lane: Int, begin: Float, end: Float) -> Float {
        let last = laneStarts[lane + 1]
        var head = newHeads[lane]
        var ready = newReadies[lane]
        var cost: Float = 0
        var isInside = false
        let isNoted = goesFirst[lane]
        while head < last {
            let stream = streams[head]
            let group = groupOfStream[stream]
            let open = opens[group]
            let close = closes[group]
            guard close > begin, open < end else { break }
            let arrival = arrivals[head]
            var time = max(arrival, ready)
            if time < open + startDelay { time = max(time, open + startDelay) }
            if time < begin { time = begin }
            guard time < close, time < end else { break }
            let exit = exitOfStream[stream]
            if exit >= 0, rooms[exit] < .infinity {
                let free = (newUsed[exit] + 1 - rooms[exit]) / exitRelief
                time = max(time, free)
                guard time < close, time < end else { break }
            }
            if priorityStarts[stream] < priorityStarts[stream + 1] {
                let gap = gap(for: stream, from: time, begin: begin, until: min(close, end))
                if gap >= min(close, end) {
                    // The one that waits inside the junction leaves when those who go first have lost their green.
                    guard close < end, !isInside, waitsInside[stream] else { break }
                    isInside = true
                    time = close
                } else {
                    time = gap
                }
            }
            let delay = time - arrival
            cost += weights[head] * delay
            if delay > Self.stopDelay { cost += stopSums[head + 1] - stopSums[head] }
            ready = time + headways[stream]
            if isNoted, departureCounts[lane] < Self.greatestDepartures {
                let place = lane * Self.greatestDepartures + departureCounts[lane]
                departureTimes[place] = time
                departureStreams[place] = stream
                departureCounts[lane] += 1
            }
            if exit >= 0 { newUsed[exit] += 1 }
            head += 1
        }
        newHeads[lane] = head
        newReadies[lane] = ready
        return cost
    }

    /// Delay from which on a vehicle has stopped, s.
    static let stopDelay: Float = 2

    /// First moment from a time on at which a stream that gives way finds a gap, s; some later time where there is none.
    private func gap(for stream: Int, from time: Float, begin: Float, until limit: Float) -> Float {
        var time = time
        var isSettled = false
        while !isSettled, time < limit {
            isSettled = true
            for number in priorityStarts[stream]..<priorityStarts[stream + 1] {
                let foe = priorities[number]
                let group = groupOfStream[foe]
                guard closes[group] > begin, opens[group] < limit else { continue }
                let lane = laneOfStream[foe]
                for order in 0..<departureCounts[lane] {
                    let place = lane * Self.greatestDepartures + order
                    guard departureStreams[place] == foe else { continue }
                    let later = departureTimes[place] + gapAfter
                    if blocks(departureTimes[place], time), later > time {
                        time = later
                        isSettled = false
                    }
                }
                let head = newHeads[lane]
                guard head < laneStarts[lane + 1], streams[head] == foe else { continue }
                let next = max(max(arrivals[head], newReadies[lane]), opens[group])
                let later = next + gapAfter
                if next < closes[group], blocks(next, time), later > time {
                    time = later
                    isSettled = false
                }
            }
        }
        return time
    }

    private func blocks(_ passage: Float, _ time: Float) -> Bool {
        passage > time - gapAfter && passage < time + gapBefore
    }

    /// Cost so far of all who have arrived by a second and not departed, in the new state.
    func waitingCost(at second: Int) -> Float {
        var cost: Float = 0
        let stopped = max(0, second - Int(Self.stopDelay))
        for lane in 0..<laneCount {
            let head = newHeads[lane]
            let row = lane * (settings.horizon + 1)
            let arrived = arrivedAt[row + second]
            guard arrived > head else { continue }
            cost +=
                Float(second) * (weightSums[arrived] - weightSums[head]) - (arrivalSums[arrived] - arrivalSums[head])
            let standing = arrivedAt[row + stopped]
            if standing > head { cost += stopSums[standing] - stopSums[head] }
        }
        return cost
    }
}
